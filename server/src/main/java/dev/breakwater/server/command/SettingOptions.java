package dev.breakwater.server.command;

import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.ConfigurationSources;
import dev.breakwater.server.config.Setting;
import dev.breakwater.server.config.Settings;
import dev.breakwater.server.logging.Logging;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Option;

/** The flags of every command that needs the settings: a few short ones, and {@code --key=value} for each setting. */
final class SettingOptions {

    private static final Map<Setting<?>, String> SHORT = Map.of(
            Settings.DATA_DIR, "--data",
            Settings.HTTP_ADDRESS, "--address",
            Settings.HTTP_PORT, "--port");

    @Option(names = "--config", paramLabel = "FILE", description = "settings file (default: breakwater.yaml)")
    private @Nullable Path file;

    @Option(names = "--dev", description = "let webhooks reach this machine over plain HTTP")
    private boolean development;

    private final Map<String, String> flags = new HashMap<>();

    /** Adds the flags of all settings to the command that {@code options} is mixed into. */
    static void addTo(CommandLine command, SettingOptions options) {
        CommandSpec spec = command.getCommandSpec();
        for (Setting<?> setting : Settings.ALL) {
            String shorthand = SHORT.get(setting);
            Set<String> names = shorthand == null ? Set.of(setting.flag()) : Set.of(shorthand, setting.flag());
            spec.addOption(OptionSpec.builder(names.toArray(String[]::new))
                    .paramLabel("VALUE")
                    .type(String.class)
                    .hidden(shorthand == null)
                    .description(setting.meaning())
                    .setter(options.keep(setting))
                    .build());
        }
    }

    private ISetter keep(Setting<?> setting) {
        return new ISetter() {
            @Override
            public <T> @Nullable T set(T value) {
                if (value != null) {
                    flags.put(setting.key(), value.toString());
                }
                return null;
            }
        };
    }

    /** The settings that hold, with the log set up by them. */
    Configuration load() {
        Configuration configuration =
                ConfigurationSources.ofProcess(file, flags, development).load();
        Logging.apply(configuration);
        return configuration;
    }
}
