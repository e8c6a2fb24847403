package dev.breakwater.registry.classic;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.registry.classic.dialect.ClassicDialect;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.gate.ClassicCallers;
import dev.breakwater.registry.classic.gate.ClassicSessions;
import dev.breakwater.registry.classic.log.LogHandlers;
import dev.breakwater.registry.classic.project.MemberHandlers;
import dev.breakwater.registry.classic.project.MetadataHandlers;
import dev.breakwater.registry.classic.project.ProjectHandlers;
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
import java.util.Locale;

/** The routes of the 2017 API (registry.md part 1). */
final class ClassicSurface {

    private static final int LARGEST_BODY = 256 * 1024;

    private ClassicSurface() {}

    /** Who answers. */
    record Handlers(
            ProjectHandlers projects,
            MetadataHandlers metadata,
            MemberHandlers members,
            StatisticsHandlers statistics,
            SearchHandlers search,
            RepositoryHandlers repositories,
            TagHandlers tags,
            LogHandlers logs,
            SystemHandlers system,
            ConfigurationHandlers configurations,
            UserHandlers users,
            SessionHandlers sessions,
            TargetHandlers targets,
            PolicyHandlers policies,
            JobHandlers jobs,
            ScanHandlers scans) {}

    static Surface build(ClassicSessions sessions, ClassicCallers callers, Handlers to) {
        Surface.Builder surface = Surface.named("harbor-2017", new ClassicDialect())
                .prefix("/api")
                .prefix("/login")
                .prefix("/log_out")
                .prefix("/userExists")
                .ignoreTrailingSlash()
                .maxBody(LARGEST_BODY)
                .opening(call -> {
                    sessions.ensure(call);
                    requireStorable(call);
                });
        ProjectHandlers projects = to.projects();
        surface.route("GET", "/api/search", callers.known(to.search()::search))
                .route("GET", "/api/statistics", callers.known(to.statistics()::read))
                .route("GET", "/api/logs", callers.known(to.logs()::all))
                .route("GET", "/api/projects", callers.known(projects::list))
                .route("POST", "/api/projects", callers.known(projects::create))
                .route("GET", "/api/projects/{project_id}", callers.known(projects::read))
                .route("PUT", "/api/projects/{project_id}", callers.known(projects::update))
                .route("DELETE", "/api/projects/{project_id}", callers.known(projects::delete))
                .route("GET", "/api/projects/{project_id}/_deletable", callers.known(projects::deletable))
                .route("PUT", "/api/projects/{project_id}/publicity", callers.known(projects::publish))
                .route("GET", "/api/projects/{project_id}/logs", callers.known(to.logs()::ofProject));
        ofProjects(surface, callers, to);
        ofRepositories(surface, callers, to);
        ofUsers(surface, callers, to);
        ofTheSystem(surface, callers, to);
        ofReplication(surface, callers, to);
        return surface.build();
    }

    private static void ofProjects(Surface.Builder surface, ClassicCallers callers, Handlers to) {
        MetadataHandlers metadata = to.metadata();
        MemberHandlers members = to.members();
        surface.route("GET", "/api/projects/{project_id}/metadatas", callers.known(metadata::list))
                .route("POST", "/api/projects/{project_id}/metadatas", callers.known(metadata::add))
                .route("GET", "/api/projects/{project_id}/metadatas/{name}", callers.known(metadata::read))
                .route("PUT", "/api/projects/{project_id}/metadatas/{name}", callers.known(metadata::replace))
                .route("DELETE", "/api/projects/{project_id}/metadatas/{name}", callers.known(metadata::remove))
                .route("GET", "/api/projects/{project_id}/members", callers.known(members::list))
                .route("POST", "/api/projects/{project_id}/members", callers.known(members::add))
                .route("GET", "/api/projects/{project_id}/members/{user_id}", callers.known(members::read))
                .route("PUT", "/api/projects/{project_id}/members/{user_id}", callers.known(members::change))
                .route("DELETE", "/api/projects/{project_id}/members/{user_id}", callers.known(members::remove));
    }

    private static void ofRepositories(Surface.Builder surface, ClassicCallers callers, Handlers to) {
        RepositoryHandlers repositories = to.repositories();
        TagHandlers tags = to.tags();
        ScanHandlers scans = to.scans();
        String one = "/api/repositories/{repo_name+}";
        surface.route("GET", "/api/repositories", callers.known(repositories::list))
                .route("GET", "/api/repositories/top", callers.known(repositories::top))
                .route("POST", "/api/repositories/scanAll", callers.known(scans::scanAll))
                .route("POST", one + "/tags/{tag}/scan", callers.known(scans::scan))
                .route("GET", one + "/tags/{tag}/vulnerability/details", callers.known(scans::vulnerabilities))
                .route("GET", "/api/jobs/scan/{id}/log", callers.known(scans::log))
                .route("GET", one + "/tags/{tag}/manifest", callers.known(tags::manifest))
                .route("GET", one + "/tags/{tag}", callers.known(tags::read))
                .route("DELETE", one + "/tags/{tag}", callers.known(repositories::deleteTag))
                .route("GET", one + "/tags", callers.known(tags::list))
                .route("GET", one + "/signatures", callers.known(repositories::signatures))
                .route("PUT", one, callers.known(repositories::describe))
                .route("DELETE", one, callers.known(repositories::delete));
    }

    private static void ofUsers(Surface.Builder surface, ClassicCallers callers, Handlers to) {
        UserHandlers users = to.users();
        SessionHandlers sessions = to.sessions();
        surface.route("GET", "/api/users", callers.known(users::list))
                .route("POST", "/api/users", callers.known(users::register))
                .route("GET", "/api/users/current", callers.known(users::current))
                .route("GET", "/api/users/{user_id}", callers.known(users::read))
                .route("PUT", "/api/users/{user_id}", callers.known(users::update))
                .route("DELETE", "/api/users/{user_id}", callers.known(users::delete))
                .route("PUT", "/api/users/{user_id}/password", callers.known(users::setPassword))
                .route("PUT", "/api/users/{user_id}/sysadmin", callers.known(users::setAdministrator))
                .route("POST", "/login", sessions::signIn)
                .route("GET", "/log_out", sessions::signOut)
                .route("POST", "/userExists", sessions::exists);
    }

    private static void ofTheSystem(Surface.Builder surface, ClassicCallers callers, Handlers to) {
        SystemHandlers system = to.system();
        ConfigurationHandlers configurations = to.configurations();
        surface.route("GET", "/api/systeminfo", system::information)
                .route("GET", "/api/systeminfo/volumes", callers.known(system::volumes))
                .route("GET", "/api/systeminfo/getcert", callers.known(system::certificate))
                .route("POST", "/api/internal/syncregistry", callers.known(system::synchronize))
                .route("GET", "/api/configurations", callers.known(configurations::list))
                .route("PUT", "/api/configurations", callers.known(configurations::update))
                .route("POST", "/api/configurations/reset", callers.known(configurations::reset));
    }

    private static void ofReplication(Surface.Builder surface, ClassicCallers callers, Handlers to) {
        TargetHandlers targets = to.targets();
        PolicyHandlers policies = to.policies();
        JobHandlers jobs = to.jobs();
        surface.route("GET", "/api/targets", callers.known(targets::list))
                .route("POST", "/api/targets", callers.known(targets::create))
                .route("POST", "/api/targets/ping", callers.known(targets::ping))
                .route("GET", "/api/targets/{id}", callers.known(targets::read))
                .route("PUT", "/api/targets/{id}", callers.known(targets::update))
                .route("DELETE", "/api/targets/{id}", callers.known(targets::delete))
                .route("POST", "/api/targets/{id}/ping", callers.known(targets::pingOne))
                .route("GET", "/api/targets/{id}/policies", callers.known(targets::policies))
                .route("GET", "/api/policies/replication", callers.known(policies::list))
                .route("POST", "/api/policies/replication", callers.known(policies::create))
                .route("GET", "/api/policies/replication/{id}", callers.known(policies::read))
                .route("PUT", "/api/policies/replication/{id}", callers.known(policies::update))
                .route("DELETE", "/api/policies/replication/{id}", callers.known(policies::delete))
                .route("PUT", "/api/policies/replication/{id}/enablement", callers.known(policies::enable))
                .route("GET", "/api/jobs/replication", callers.known(jobs::list))
                .route("DELETE", "/api/jobs/replication/{id}", callers.known(jobs::delete))
                .route("GET", "/api/jobs/replication/{id}/log", callers.known(jobs::log));
    }

    /** PostgreSQL holds no zero character, and nothing that is looked for has one. */
    private static void requireStorable(Call call) {
        String query = call.rawQuery().toLowerCase(Locale.ROOT);
        if (call.path().contains("%00") || query.contains("%00")) {
            throw Refusal.invalid("invalid request: a zero character");
        }
    }
}
