package dev.breakwater.registry.classic.system;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.Texts;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.classic.repository.ScanStore;
import dev.breakwater.registry.configuration.Authority;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /api/systeminfo} and what is below it (registry.md 1.11). */
public final class SystemHandlers {

    /** The last release of Harbor whose interface this API has. */
    private static final String VERSION = "v1.4.0";

    private final Database database;
    private final TimeSource time;
    private final BlobStore blobs;
    private final Configuration configuration;
    private final Scanner scanner;
    private final Authority authority;

    /** Answers with what these know. */
    public SystemHandlers(
            Database database,
            TimeSource time,
            BlobStore blobs,
            Configuration configuration,
            Scanner scanner,
            Authority authority) {
        this.database = database;
        this.time = time;
        this.blobs = blobs;
        this.configuration = configuration;
        this.scanner = scanner;
        this.authority = authority;
    }

    private record Information(
            boolean withNotary,
            boolean withClair,
            boolean withAdmiral,
            String admiralEndpoint,
            String authMode,
            String registryUrl,
            String projectCreationRestriction,
            boolean selfRegistration,
            boolean hasCaRoot,
            String harborVersion,
            long nextScanAll,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            ScannerStatus clairVulnerabilityStatus) {}

    /** When the scanner's knowledge was brought up to date; ours does not tell, so it is never and nothing. */
    private record ScannerStatus(long overallLastUpdate, List<String> details) {}

    /** {@code GET}. */
    public Answer information(Call call) {
        Configuration.Values now = database.query(configuration::read);
        boolean available = scanner.about().isPresent();
        return PrettyJson.answer(new Information(
                false,
                available,
                false,
                "NA",
                now.text(ConfigurationKey.AUTH_MODE),
                call.authority(),
                now.text(ConfigurationKey.PROJECT_CREATION_RESTRICTION),
                now.isOn(ConfigurationKey.SELF_REGISTRATION),
                authority.isKnown(),
                VERSION,
                database.query(handle -> ScanStore.nextScanAll(handle, time.instant()))
                        .map(Instant::getEpochSecond)
                        .orElse(0L),
                available ? new ScannerStatus(0, List.of()) : null));
    }

    private record Volumes(Storage storage) {}

    private record Storage(long total, long free) {}

    /** {@code GET …/volumes}. */
    public Answer volumes(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        try {
            BlobStore.Room room = blobs.room();
            return PrettyJson.answer(new Volumes(new Storage(room.total(), room.free())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GET …/getcert}. */
    public Answer certificate(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        return authority.download().orElseThrow(() -> Refusal.notFoundPlain("No certificate found."));
    }

    /**
     * {@code POST /api/internal/syncregistry}: the records of repositories and their contents are one, so there is
     * nothing between them to bring in line.
     */
    public Answer synchronize(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        return Texts.done();
    }
}
