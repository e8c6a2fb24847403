package dev.breakwater.server.config;

import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Collects everything that is wrong with the settings, so that the operator can mend it all at once. */
final class ConfigurationCheck {

    private static final List<String> KEYS =
            Settings.ALL.stream().map(Setting::key).toList();
    private static final List<String> VARIABLES =
            Settings.ALL.stream().map(Setting::variable).toList();

    private final List<String> problems = new ArrayList<>();

    /** Complains about a key that doesn't exist, with the likely one. */
    void known(GivenValue value) {
        if (KEYS.contains(value.key())) {
            return;
        }
        Optional<String> section = KEYS.stream()
                .filter(key -> key.startsWith(value.key() + "."))
                .findFirst()
                .map(key -> value.key() + " is a section; settings in it are "
                        + String.join(
                                ", ",
                                KEYS.stream()
                                        .filter(other -> other.startsWith(value.key() + "."))
                                        .toList()));
        String problem = section.orElseGet(() -> "there is no setting " + value.key()
                + Suggestion.nearest(value.key(), KEYS)
                        .map(name -> "; did you mean " + name + "?")
                        .orElse("; breakwater config lists all settings"));
        problems.add(value.origin() + ": " + problem);
    }

    void unknownVariable(String name) {
        problems.add("environment variable " + name + ": there is no such setting"
                + Suggestion.nearest(name, VARIABLES)
                        .map(other -> "; did you mean " + other + "?")
                        .orElse("; breakwater config lists all settings"));
    }

    <T> Configuration.@Nullable Effective<T> parse(Setting<T> setting, GivenValue given) {
        try {
            return new Configuration.Effective<>(
                    setting, setting.type().parse(given.text()), given.text(), given.origin());
        } catch (IllegalArgumentException e) {
            String value = setting.secret() ? "the value" : "\"" + given.text() + "\"";
            problems.add(given.origin() + ": " + value + " is not allowed for " + setting.key() + "; allowed is "
                    + setting.type().allowed());
            return null;
        }
    }

    /** What no single setting can know. */
    void together(Configuration configuration) {
        requireBoth(configuration, Settings.TLS_CERTIFICATE, Settings.TLS_KEY);
        requireBoth(configuration, Settings.REGISTRY_BLOBS_S3_ACCESS_KEY, Settings.REGISTRY_BLOBS_S3_SECRET_KEY);
        if (configuration.get(Settings.REGISTRY_BLOBS_STORE) == BlobPlace.S3
                && configuration.get(Settings.REGISTRY_BLOBS_S3_BUCKET).isEmpty()) {
            problems.add(configuration.effective(Settings.REGISTRY_BLOBS_STORE).origin()
                    + ": registry.blobs.store is s3, which needs registry.blobs.s3.bucket as well");
        }
        if (configuration
                .get(Settings.REGISTRY_CA_FILE)
                .filter(file -> !Files.isReadable(file))
                .isPresent()) {
            problems.add(
                    configuration.effective(Settings.REGISTRY_CA_FILE).origin() + ": registry.ca-file can't be read");
        }
        if (configuration.get(Settings.DATABASE_URL).isEmpty()) {
            for (Setting<Optional<String>> setting : List.of(Settings.DATABASE_USER, Settings.DATABASE_PASSWORD)) {
                if (configuration.get(setting).isPresent()) {
                    problems.add(configuration.effective(setting).origin() + ": " + setting.key()
                            + " has no effect without database.url");
                }
            }
        }
    }

    void problem(String text) {
        problems.add(text);
    }

    void throwProblems() {
        if (!problems.isEmpty()) {
            throw new ConfigurationException(problems);
        }
    }

    private <T> void requireBoth(Configuration configuration, Setting<Optional<T>> one, Setting<Optional<T>> other) {
        if (configuration.get(one).isPresent() != configuration.get(other).isPresent()) {
            Setting<Optional<T>> given = configuration.get(one).isPresent() ? one : other;
            Setting<Optional<T>> missing = Objects.equals(given, one) ? other : one;
            problems.add(configuration.effective(given).origin() + ": " + given.key() + " needs " + missing.key()
                    + " as well");
        }
    }
}
