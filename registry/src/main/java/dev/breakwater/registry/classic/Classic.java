package dev.breakwater.registry.classic;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.classic.gate.ClassicCallers;
import dev.breakwater.registry.classic.gate.ClassicSessions;
import dev.breakwater.registry.classic.log.LogHandlers;
import dev.breakwater.registry.classic.project.MemberHandlers;
import dev.breakwater.registry.classic.project.MetadataHandlers;
import dev.breakwater.registry.classic.project.ProjectHandlers;
import dev.breakwater.registry.classic.project.ProjectViews;
import dev.breakwater.registry.classic.replication.JobHandlers;
import dev.breakwater.registry.classic.replication.PolicyHandlers;
import dev.breakwater.registry.classic.replication.TargetHandlers;
import dev.breakwater.registry.classic.repository.RepositoryHandlers;
import dev.breakwater.registry.classic.repository.ScanHandlers;
import dev.breakwater.registry.classic.repository.TagHandlers;
import dev.breakwater.registry.classic.search.SearchHandlers;
import dev.breakwater.registry.classic.search.StatisticsHandlers;
import dev.breakwater.registry.classic.system.ConfigurationHandlers;
import dev.breakwater.registry.classic.system.SystemHandlers;
import dev.breakwater.registry.classic.user.SessionHandlers;
import dev.breakwater.registry.classic.user.UserHandlers;
import dev.breakwater.registry.configuration.Authority;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.project.Projects;
import dev.breakwater.registry.replication.Jobs;
import dev.breakwater.registry.replication.Policies;
import dev.breakwater.registry.replication.Targets;
import dev.breakwater.registry.upstream.RegistryClient;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.SignIns;
import dev.breakwater.tenancy.Users;
import java.util.UUID;

/** Puts the 2017 API together. */
public final class Classic {

    private Classic() {}

    /**
     * What it stands on.
     *
     * @param organization in whose audit trail changes are noted
     */
    public record Parts(
            Database database,
            TimeSource time,
            UUID organization,
            BlobStore blobs,
            Users users,
            SignIns signIns,
            Credentials credentials,
            Configuration configuration,
            Projects projects,
            Removals removals,
            Targets targets,
            Policies policies,
            RegistryClient client,
            Scanner scanner,
            Audit audit,
            Authority authority) {}

    /** The surface with all its routes. */
    public static Surface surface(Parts parts) {
        Database database = parts.database();
        TimeSource time = parts.time();
        Users users = parts.users();
        Audit audit = parts.audit();
        Configuration configuration = parts.configuration();
        ClassicSessions sessions = new ClassicSessions(database, time, users);
        ProjectViews views = new ProjectViews(database, users);
        return ClassicSurface.build(
                sessions,
                new ClassicCallers(parts.credentials(), sessions),
                new ClassicSurface.Handlers(
                        new ProjectHandlers(database, configuration, parts.projects(), views),
                        new MetadataHandlers(database, parts.projects()),
                        new MemberHandlers(database, time, users, audit),
                        new StatisticsHandlers(database),
                        new SearchHandlers(database, views),
                        new RepositoryHandlers(database, time, parts.removals(), audit),
                        new TagHandlers(database, parts.blobs(), parts.scanner()),
                        new LogHandlers(database),
                        new SystemHandlers(
                                database, time, parts.blobs(), configuration, parts.scanner(), parts.authority()),
                        new ConfigurationHandlers(database, time, configuration, users, audit),
                        new UserHandlers(database, time, users, parts.signIns(), configuration),
                        new SessionHandlers(sessions, parts.signIns(), users),
                        new TargetHandlers(
                                database,
                                parts.targets(),
                                parts.policies(),
                                parts.client(),
                                audit,
                                parts.organization()),
                        new PolicyHandlers(database, parts.policies(), parts.targets(), audit, parts.organization()),
                        new JobHandlers(database, new Jobs(database), parts.policies(), audit, parts.organization()),
                        new ScanHandlers(database, time, parts.scanner())));
    }
}
