package dev.breakwater.registry.classic;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import java.io.IOException;
import java.io.UncheckedIOException;

/** {@code /api/systeminfo} and what is below it (registry.md 1.11). */
final class SystemHandlers {

    /** The last release of Harbor whose interface this API has. */
    private static final String VERSION = "v1.4.0";

    private final Database database;
    private final BlobStore blobs;
    private final Configuration configuration;

    SystemHandlers(Database database, BlobStore blobs, Configuration configuration) {
        this.database = database;
        this.blobs = blobs;
        this.configuration = configuration;
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
            long nextScanAll) {}

    /** {@code GET}. */
    Answer information(Call call) {
        Configuration.Values now = database.query(configuration::read);
        return PrettyJson.answer(new Information(
                false,
                false,
                false,
                "NA",
                now.text(ConfigurationKey.AUTH_MODE),
                call.authority(),
                now.text(ConfigurationKey.PROJECT_CREATION_RESTRICTION),
                now.isOn(ConfigurationKey.SELF_REGISTRATION),
                false,
                VERSION,
                0));
    }

    private record Volumes(Storage storage) {}

    private record Storage(long total, long free) {}

    /** {@code GET …/volumes}. */
    Answer volumes(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        try {
            BlobStore.Room room = blobs.room();
            return PrettyJson.answer(new Volumes(new Storage(room.total(), room.free())));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GET …/getcert}: this installation signs no certificates of its own. */
    Answer certificate(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        throw Refusal.notFoundPlain("No certificate found.");
    }

    /**
     * {@code POST /api/internal/syncregistry}: the records of repositories and their contents are one, so there is
     * nothing between them to bring in line.
     */
    Answer synchronize(Call call, Rights rights) {
        Checks.requireAdministrator(rights);
        return Texts.done();
    }
}
