package dev.breakwater.registry.current.system;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.configuration.Authority;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;

/** {@code /systeminfo} and what is below it (registry.md 3.6). */
public final class SystemHandlers {

    /** The release of Harbor whose interface this API has; what follows is ours. */
    private static final String VERSION = "v2.15.2-b5ea4a7e";

    private final Database database;
    private final TimeSource time;
    private final BlobStore blobs;
    private final Configuration configuration;
    private final Authority authority;

    /** Answers with what these know. */
    public SystemHandlers(
            Database database, TimeSource time, BlobStore blobs, Configuration configuration, Authority authority) {
        this.database = database;
        this.time = time;
        this.blobs = blobs;
        this.configuration = configuration;
        this.authority = authority;
    }

    /** {@code GET}: the more for who is known. */
    public Answer information(Call call, Rights rights) {
        Configuration.Values now = database.query(configuration::read);
        Shape shape = new Shape()
                .text("auth_mode", now.text(ConfigurationKey.AUTH_MODE))
                .truth("primary_auth_mode", now.isOn(ConfigurationKey.PRIMARY_AUTH_MODE))
                .truth("self_registration", now.isOn(ConfigurationKey.SELF_REGISTRATION))
                .text("banner_message", now.text(ConfigurationKey.BANNER_MESSAGE));
        if (rights.caller().isKnown()) {
            shape.truth("has_ca_root", authority.isKnown())
                    .text("project_creation_restriction", now.text(ConfigurationKey.PROJECT_CREATION_RESTRICTION))
                    .text("harbor_version", VERSION)
                    .text("external_url", (call.secure() ? "https://" : "http://") + call.authority())
                    .text("registry_url", call.authority())
                    .truth("read_only", now.isOn(ConfigurationKey.READ_ONLY))
                    .text("registry_storage_provider_name", blobs.kind())
                    .truth("notification_enable", now.isOn(ConfigurationKey.NOTIFICATION_ENABLE))
                    .time("current_time", time.instant());
        }
        return shape.answer();
    }

    /** {@code GET …/volumes}. */
    public Answer volumes(Call call, Rights rights) {
        Checks.system(rights, Resource.SYSTEM_VOLUMES, Action.READ);
        try {
            BlobStore.Room room = blobs.room();
            return new Shape()
                    .list(
                            "storage",
                            List.of(new Shape()
                                    .number("total", room.total())
                                    .number("free", room.free())
                                    .build()))
                    .answer();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** {@code GET …/getcert}: what is needed to trust the server is for everybody. */
    public Answer certificate(Call call, Rights rights) {
        return authority.download().orElseThrow(() -> new Failure.NotFound("cert not found"));
    }
}
