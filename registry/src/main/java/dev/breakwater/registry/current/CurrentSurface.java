package dev.breakwater.registry.current;

import dev.breakwater.kernel.http.Surface;
import dev.breakwater.registry.current.artifact.ArtifactHandlers;
import dev.breakwater.registry.current.artifact.CopyHandlers;
import dev.breakwater.registry.current.artifact.ScanHandlers;
import dev.breakwater.registry.current.artifact.TagHandlers;
import dev.breakwater.registry.current.audit.AuditLogHandlers;
import dev.breakwater.registry.current.dialect.CurrentDialect;
import dev.breakwater.registry.current.gate.CurrentCallers;
import dev.breakwater.registry.current.gate.Routes;
import dev.breakwater.registry.current.label.LabelHandlers;
import dev.breakwater.registry.current.project.Allowlists;
import dev.breakwater.registry.current.project.MemberHandlers;
import dev.breakwater.registry.current.project.MetadataHandlers;
import dev.breakwater.registry.current.project.ProjectHandlers;
import dev.breakwater.registry.current.repository.RepositoryHandlers;
import dev.breakwater.registry.current.search.SearchHandlers;
import dev.breakwater.registry.current.system.ConfigurationHandlers;
import dev.breakwater.registry.current.system.HealthHandlers;
import dev.breakwater.registry.current.system.SystemHandlers;
import dev.breakwater.registry.current.user.PermissionHandlers;
import dev.breakwater.registry.current.user.SessionHandlers;
import dev.breakwater.registry.current.user.UserHandlers;
import java.util.List;
import java.util.function.Consumer;

/** The routes of the present-day API (registry.md 3.4). */
final class CurrentSurface {

    private static final int LARGEST_BODY = 1 << 20;
    private static final String API = "/api/v2.0";
    private static final String PROJECT = API + "/projects/{project_name_or_id}";
    private static final String NAMED_PROJECT = API + "/projects/{project_name}";
    private static final String REPOSITORY = NAMED_PROJECT + "/repositories/{repository_name}";
    private static final String ARTIFACT = REPOSITORY + "/artifacts/{reference}";

    private CurrentSurface() {}

    /** Who answers. */
    record Handlers(
            HealthHandlers health,
            SearchHandlers search,
            ProjectHandlers projects,
            MemberHandlers members,
            MetadataHandlers metadata,
            RepositoryHandlers repositories,
            ArtifactHandlers artifacts,
            TagHandlers tags,
            CopyHandlers copies,
            ScanHandlers scans,
            LabelHandlers labels,
            UserHandlers users,
            PermissionHandlers permissions,
            SystemHandlers system,
            ConfigurationHandlers configurations,
            Allowlists allowlists,
            AuditLogHandlers logs,
            SessionHandlers sessions) {}

    /** The surface; {@code added} are the routes of other features in its dialect. */
    static Surface build(CurrentCallers callers, Handlers to, List<Consumer<Routes>> added) {
        Surface.Builder surface = Surface.named("harbor", new CurrentDialect())
                .prefix(API)
                .prefix("/api/version")
                .prefix("/c")
                .ignoreTrailingSlash()
                .requestIdFromCaller()
                .maxBody(LARGEST_BODY);
        Routes routes = new Routes(surface, callers);
        surface.route("GET", "/api/version", to.health()::version)
                .route("GET", API + "/ping", to.health()::ping)
                .route("GET", API + "/health", to.health()::health);
        routes.add("GET", API + "/search", to.search()::search)
                .add("GET", API + "/statistics", to.search()::statistics);
        ofProjects(routes, to);
        ofRepositories(routes, to);
        ofArtifacts(routes, to);
        ofUsers(routes, to);
        ofTheSystem(routes, to);
        added.forEach(more -> more.accept(routes));
        return surface.build();
    }

    private static void ofProjects(Routes routes, Handlers to) {
        ProjectHandlers projects = to.projects();
        MemberHandlers members = to.members();
        MetadataHandlers metadata = to.metadata();
        routes.add("GET", API + "/projects", projects::list)
                .add("POST", API + "/projects", projects::create)
                .add("GET", PROJECT, projects::read)
                .add("PUT", PROJECT, projects::update)
                .add("DELETE", PROJECT, projects::delete)
                .add("GET", PROJECT + "/_deletable", projects::deletable)
                .add("GET", PROJECT + "/summary", projects::summary)
                .add("GET", PROJECT + "/artifacts", to.artifacts()::listOfProject)
                .add("GET", PROJECT + "/members", members::list)
                .add("POST", PROJECT + "/members", members::create)
                .add("GET", PROJECT + "/members/{mid}", members::read)
                .add("PUT", PROJECT + "/members/{mid}", members::update)
                .add("DELETE", PROJECT + "/members/{mid}", members::delete)
                .add("GET", PROJECT + "/metadatas", metadata::list)
                .add("POST", PROJECT + "/metadatas", metadata::create)
                .add("GET", PROJECT + "/metadatas/{meta_name}", metadata::read)
                .add("PUT", PROJECT + "/metadatas/{meta_name}", metadata::update)
                .add("DELETE", PROJECT + "/metadatas/{meta_name}", metadata::delete)
                .add("GET", NAMED_PROJECT + "/logs", to.logs()::ofProject)
                .add("GET", NAMED_PROJECT + "/auditlog-exts", to.logs()::ofProjectExtended);
    }

    private static void ofRepositories(Routes routes, Handlers to) {
        RepositoryHandlers repositories = to.repositories();
        routes.add("GET", API + "/repositories", repositories::listAll)
                .add("GET", NAMED_PROJECT + "/repositories", repositories::list)
                .add("GET", REPOSITORY, repositories::read)
                .add("PUT", REPOSITORY, repositories::update)
                .add("DELETE", REPOSITORY, repositories::delete);
    }

    private static void ofArtifacts(Routes routes, Handlers to) {
        ArtifactHandlers artifacts = to.artifacts();
        TagHandlers tags = to.tags();
        ScanHandlers scans = to.scans();
        routes.add("GET", REPOSITORY + "/artifacts", artifacts::list)
                .add("POST", REPOSITORY + "/artifacts", to.copies()::copy)
                .add("GET", ARTIFACT, artifacts::read)
                .add("DELETE", ARTIFACT, artifacts::delete)
                .add("GET", ARTIFACT + "/tags", tags::list)
                .add("POST", ARTIFACT + "/tags", tags::create)
                .add("DELETE", ARTIFACT + "/tags/{tag_name}", tags::delete)
                .add("POST", ARTIFACT + "/labels", tags::attach)
                .add("DELETE", ARTIFACT + "/labels/{label_id}", tags::detach)
                .add("GET", ARTIFACT + "/accessories", artifacts::accessories)
                .add("POST", ARTIFACT + "/scan", scans::scan)
                .add("POST", ARTIFACT + "/scan/stop", scans::stop)
                .add("GET", ARTIFACT + "/scan/{report_id}/log", scans::log)
                .add("GET", ARTIFACT + "/additions/vulnerabilities", scans::vulnerabilities)
                .add("GET", ARTIFACT + "/additions/{addition}", artifacts::addition);
    }

    private static void ofUsers(Routes routes, Handlers to) {
        UserHandlers users = to.users();
        SessionHandlers sessions = to.sessions();
        routes.add("GET", API + "/users", users::list)
                .add("POST", API + "/users", users::create)
                .add("GET", API + "/users/current", users::current)
                .add("GET", API + "/users/current/permissions", to.permissions()::own)
                .add("GET", API + "/users/search", users::search)
                .add("GET", API + "/users/{user_id}", users::read)
                .add("PUT", API + "/users/{user_id}", users::update)
                .add("DELETE", API + "/users/{user_id}", users::delete)
                .add("PUT", API + "/users/{user_id}/sysadmin", users::setAdministrator)
                .add("PUT", API + "/users/{user_id}/password", users::setPassword)
                .addAlways("POST", "/c/login", sessions::signIn)
                .addAlways("GET", "/c/log_out", sessions::signOut)
                .addAlways("POST", "/c/userExists", sessions::exists);
    }

    private static void ofTheSystem(Routes routes, Handlers to) {
        LabelHandlers labels = to.labels();
        routes.add("GET", API + "/labels", labels::list)
                .add("POST", API + "/labels", labels::create)
                .add("GET", API + "/labels/{label_id}", labels::read)
                .add("PUT", API + "/labels/{label_id}", labels::update)
                .add("DELETE", API + "/labels/{label_id}", labels::delete)
                .add("GET", API + "/permissions", to.permissions()::grantable)
                .add("GET", API + "/systeminfo", to.system()::information)
                .add("GET", API + "/systeminfo/volumes", to.system()::volumes)
                .add("GET", API + "/systeminfo/getcert", to.system()::certificate)
                .add("GET", API + "/configurations", to.configurations()::list)
                .addAlways("PUT", API + "/configurations", to.configurations()::update)
                .add("GET", API + "/system/CVEAllowlist", to.allowlists()::read)
                .add("PUT", API + "/system/CVEAllowlist", to.allowlists()::write)
                .add("GET", API + "/audit-logs", to.logs()::list)
                .add("GET", API + "/auditlog-exts", to.logs()::listExtended)
                .add("GET", API + "/auditlog-exts/events", to.logs()::eventTypes);
    }
}
