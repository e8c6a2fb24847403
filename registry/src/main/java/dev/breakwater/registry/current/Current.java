package dev.breakwater.registry.current;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.artifact.ArtifactChanges;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.configuration.Authority;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.current.artifact.Additions;
import dev.breakwater.registry.current.artifact.ArtifactHandlers;
import dev.breakwater.registry.current.artifact.ArtifactViews;
import dev.breakwater.registry.current.artifact.CopyHandlers;
import dev.breakwater.registry.current.artifact.ImmutableTags;
import dev.breakwater.registry.current.artifact.ScanHandlers;
import dev.breakwater.registry.current.artifact.TagHandlers;
import dev.breakwater.registry.current.audit.AuditLogHandlers;
import dev.breakwater.registry.current.gate.CurrentCallers;
import dev.breakwater.registry.current.gate.Routes;
import dev.breakwater.registry.current.gate.Sessions;
import dev.breakwater.registry.current.label.LabelHandlers;
import dev.breakwater.registry.current.project.Allowlists;
import dev.breakwater.registry.current.project.MemberHandlers;
import dev.breakwater.registry.current.project.MetadataHandlers;
import dev.breakwater.registry.current.project.ProjectHandlers;
import dev.breakwater.registry.current.project.ProjectViews;
import dev.breakwater.registry.current.repository.RepositoryHandlers;
import dev.breakwater.registry.current.search.SearchHandlers;
import dev.breakwater.registry.current.system.ConfigurationHandlers;
import dev.breakwater.registry.current.system.HealthHandlers;
import dev.breakwater.registry.current.system.SystemHandlers;
import dev.breakwater.registry.current.user.PermissionHandlers;
import dev.breakwater.registry.current.user.SessionHandlers;
import dev.breakwater.registry.current.user.UserHandlers;
import dev.breakwater.registry.manifest.Pushes;
import dev.breakwater.registry.project.Projects;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.Users;
import java.util.List;
import java.util.function.Consumer;

/** Puts the present-day API together. */
public final class Current {

    private Current() {}

    /** What it stands on. */
    public record Parts(
            Database database,
            TimeSource time,
            BlobStore blobs,
            Users users,
            SignIns signIns,
            Credentials credentials,
            Configuration configuration,
            Projects projects,
            ArtifactChanges changes,
            Pushes pushes,
            Scanner scanner,
            ImmutableTags immutable,
            Audit audit,
            Authority authority) {}

    /** The surface with all its routes; {@code added} are those of features that bring handlers of their own. */
    public static Surface surface(Parts parts, List<Consumer<Routes>> added) {
        Database database = parts.database();
        TimeSource time = parts.time();
        Users users = parts.users();
        Audit audit = parts.audit();
        Configuration configuration = parts.configuration();
        Sessions sessions = new Sessions(database, time, users, configuration);
        ProjectViews views = new ProjectViews(users, parts.projects().parts());
        ArtifactViews artifacts = new ArtifactViews(parts.scanner(), parts.immutable());
        return CurrentSurface.build(
                new CurrentCallers(database, parts.credentials(), sessions, configuration),
                new CurrentSurface.Handlers(
                        new HealthHandlers(database, parts.blobs()),
                        new SearchHandlers(database, views),
                        new ProjectHandlers(database, time, users, configuration, parts.projects(), views),
                        new MemberHandlers(database, time, users, audit),
                        new MetadataHandlers(database, parts.projects()),
                        new RepositoryHandlers(database, time, parts.changes(), audit),
                        new ArtifactHandlers(
                                database, parts.changes(), new Additions(parts.blobs()), artifacts, parts.immutable()),
                        new TagHandlers(database, parts.changes(), parts.immutable()),
                        new CopyHandlers(database, time, parts.pushes()),
                        new ScanHandlers(database, parts.scanner()),
                        new LabelHandlers(database, time, audit),
                        new UserHandlers(database, time, users, parts.signIns(), sessions, configuration),
                        new PermissionHandlers(database),
                        new SystemHandlers(database, time, parts.blobs(), configuration, parts.authority()),
                        new ConfigurationHandlers(database, time, configuration, users, audit),
                        new Allowlists(database, time, audit),
                        new AuditLogHandlers(database),
                        new SessionHandlers(database, time, sessions, parts.signIns(), users, configuration, audit)),
                added);
    }
}
