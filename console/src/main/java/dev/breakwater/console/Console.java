package dev.breakwater.console;

import dev.breakwater.console.asset.Assets;
import dev.breakwater.console.collection.CollectionPages;
import dev.breakwater.console.delivery.DeliveryPages;
import dev.breakwater.console.delivery.ReplayPages;
import dev.breakwater.console.event.EventPages;
import dev.breakwater.console.explorer.ApiDocuments;
import dev.breakwater.console.explorer.ExplorerPages;
import dev.breakwater.console.explorer.SwaggerPages;
import dev.breakwater.console.governance.ImmutableTagPages;
import dev.breakwater.console.governance.ProjectLogPages;
import dev.breakwater.console.governance.ProjectMemberPages;
import dev.breakwater.console.governance.QuotaPages;
import dev.breakwater.console.governance.RetentionPages;
import dev.breakwater.console.governance.RetentionRunPages;
import dev.breakwater.console.governance.RobotPages;
import dev.breakwater.console.guide.GuideLibrary;
import dev.breakwater.console.guide.GuidePages;
import dev.breakwater.console.home.HomePage;
import dev.breakwater.console.home.RegistryHome;
import dev.breakwater.console.live.LiveStreams;
import dev.breakwater.console.page.Markdown;
import dev.breakwater.console.page.PageErrors;
import dev.breakwater.console.page.PageHandler;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.page.Visits;
import dev.breakwater.console.page.Workspaces;
import dev.breakwater.console.project.ProjectPages;
import dev.breakwater.console.repository.Addresses;
import dev.breakwater.console.repository.ArtifactPages;
import dev.breakwater.console.repository.RepositoryPages;
import dev.breakwater.console.settings.AuditPages;
import dev.breakwater.console.settings.KeyPages;
import dev.breakwater.console.settings.MemberPages;
import dev.breakwater.console.settings.WorkspacePages;
import dev.breakwater.console.signin.AccountPages;
import dev.breakwater.console.signin.SignInPages;
import dev.breakwater.console.webhook.WebhookPages;
import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.EventActivity;
import dev.breakwater.events.EventLog;
import dev.breakwater.events.WebhookRegister;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.Registers;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.AuditLog;
import dev.breakwater.tenancy.BrowserSessions;
import dev.breakwater.tenancy.KeyRegister;
import dev.breakwater.tenancy.Members;
import dev.breakwater.tenancy.Organizations;
import java.util.List;
import java.util.Map;

/** The module: its pages, put together. It keeps nothing of its own; all it shows and changes belongs to others. */
public final class Console {

    /** Nothing but what this server itself offers is loaded or run, and no page is shown within another. */
    private static final String CONTENT_SECURITY_POLICY = "default-src 'none'; script-src 'self'; style-src 'self';"
            + " img-src 'self'; connect-src 'self'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private static final int MAX_BODY = 1 << 20;

    private final Templates templates = new Templates();
    private final Assets assets = new Assets();
    private final LiveStreams live;
    private final Surface surface;

    /**
     * What the module stands on.
     *
     * @param time the one clock
     * @param sessions who is signed in
     * @param organizations what they see
     * @param access what they may do
     * @param keys of programs
     * @param members of organizations
     * @param audit what was changed
     * @param workspaces of the events API
     * @param activity in them
     * @param events in them
     * @param webhooks that are told
     * @param deliveries to them
     * @param registry what was pushed
     * @param apiDocuments that this server serves: OpenAPI as YAML, by name, in the order of the list
     */
    public record Parts(
            TimeSource time,
            BrowserSessions sessions,
            Organizations organizations,
            Access access,
            KeyRegister keys,
            Members members,
            AuditLog audit,
            WorkspaceRegister workspaces,
            EventActivity activity,
            EventLog events,
            WebhookRegister webhooks,
            DeliveryLog deliveries,
            Registers registry,
            Map<String, byte[]> apiDocuments) {}

    /** Wires the module. */
    public Console(Parts parts) {
        live = new LiveStreams(parts.sessions());
        Visits visits = new Visits(
                parts.sessions(),
                parts.organizations(),
                parts.access(),
                parts.registry().projects(),
                templates,
                assets);
        Workspaces workspaces = new Workspaces(parts.workspaces());
        Surface.Builder pages = frame();
        addAccount(pages, parts, visits);
        addEvents(pages, parts, visits, workspaces);
        addRegistry(pages, parts, visits);
        addSettings(pages, parts, visits, workspaces);
        addDevelopers(pages, parts, visits, workspaces);
        surface = pages.build();
    }

    /** The first page has the path {@code /} alone; the paths that nobody owns are not the console's. */
    private Surface.Builder frame() {
        return Surface.named("console", new PageErrors(templates, assets))
                .prefix("/")
                .prefix(Assets.PREFIX)
                .prefix("/sign-in")
                .prefix("/sign-out")
                .prefix("/account")
                .prefix("/events")
                .prefix("/webhooks")
                .prefix("/deliveries")
                .prefix("/projects")
                .prefix("/registry/robots")
                .prefix("/registry/collection")
                .prefix("/settings")
                .prefix("/developers")
                .prefix("/static")
                .prefix("/docs/swagger.yaml")
                .prefix("/swagger.yaml")
                .maxBody(MAX_BODY)
                .answerHeader("Content-Security-Policy", CONTENT_SECURITY_POLICY)
                .answerHeader("X-Content-Type-Options", "nosniff")
                .answerHeader("X-Frame-Options", "DENY")
                .answerHeader("Referrer-Policy", "same-origin")
                .answerHeader("Cross-Origin-Opener-Policy", "same-origin")
                .answerHeader("Cross-Origin-Resource-Policy", "same-origin")
                .route("GET", Assets.PREFIX + "/{name}", assets::serve);
    }

    private void addAccount(Surface.Builder pages, Parts parts, Visits visits) {
        SignInPages signIn = new SignInPages(parts.sessions(), templates, assets);
        AccountPages account = new AccountPages(parts.sessions(), templates);
        pages.route("GET", "/sign-in", signIn::show)
                .route("POST", "/sign-in", signIn::signIn)
                .route("POST", "/sign-out", visits.formOfSession(signIn::signOut))
                .route("POST", "/sign-out/everywhere", visits.formOfSession(signIn::signOutEverywhere))
                .route("GET", "/account", visits.own(account::show))
                .route("POST", "/account/password", visits.ownForm(account::changePassword));
    }

    private void addEvents(Surface.Builder pages, Parts parts, Visits visits, Workspaces workspaces) {
        HomePage home = new HomePage(
                templates,
                workspaces,
                new HomePage.Sources(
                        parts.activity(),
                        parts.events(),
                        parts.webhooks(),
                        parts.deliveries(),
                        parts.keys(),
                        new RegistryHome(parts.registry()),
                        parts.time()));
        EventPages events = new EventPages(templates, workspaces, parts.events(), parts.deliveries());
        WebhookPages webhooks = new WebhookPages(templates, workspaces, parts.webhooks(), parts.deliveries());
        DeliveryPages deliveries = new DeliveryPages(templates, workspaces, parts.webhooks(), parts.deliveries(), live);
        ReplayPages replays = new ReplayPages(templates, workspaces, parts.webhooks(), parts.deliveries());
        pages.route("GET", "/", visits.page(visit -> begin(visit, home)))
                .route("GET", "/events", visits.page(events::list))
                .route("POST", "/events", visits.form(events::post))
                .route("GET", "/events/new", visits.page(events::create))
                .route("GET", "/events/{id}", visits.page(events::show))
                .route("GET", "/webhooks", visits.page(webhooks::list))
                .route("POST", "/webhooks", visits.form(webhooks::register))
                .route("GET", "/webhooks/new", visits.page(webhooks::create))
                .route("GET", "/webhooks/{id}", visits.page(webhooks::show))
                .route("POST", "/webhooks/{id}", visits.form(webhooks::save))
                .route("POST", "/webhooks/{id}/status", visits.form(webhooks::changeStatus))
                .route("POST", "/webhooks/{id}/secret", visits.form(webhooks::rotate))
                .route("POST", "/webhooks/{id}/test", visits.form(webhooks::test))
                .route("POST", "/webhooks/{id}/delete", visits.form(webhooks::delete))
                .route("GET", "/deliveries", visits.page(deliveries::list))
                .route("GET", "/deliveries/live", visits.page(deliveries::followList))
                .route("GET", "/deliveries/replay", visits.page(replays::form))
                .route("POST", "/deliveries/replay", visits.form(replays::begin))
                .route("GET", "/deliveries/replays/{id}", visits.page(replays::progress))
                .route("GET", "/deliveries/{id}", visits.page(deliveries::show))
                .route("GET", "/deliveries/{id}/live", visits.page(deliveries::follow))
                .route("POST", "/deliveries/{id}/replay", visits.form(deliveries::replay));
    }

    /** Home shows an organization; whoever sees single projects of it begins with those. */
    private static Answer begin(Visit visit, HomePage home) {
        return visit.guest() ? visit.redirect(Section.PROJECTS.path()) : home.show(visit);
    }

    private void addRegistry(Surface.Builder pages, Parts parts, Visits visits) {
        ProjectPages projects = new ProjectPages(templates, parts.registry().projects());
        ArtifactPages artifacts = new ArtifactPages(templates, parts.registry());
        String repository = "/projects/{name}/repositories/{repository+}";
        RepositoryPages repositories = new RepositoryPages(templates, parts.registry());
        pages.route("GET", "/projects", visits.page(projects::list))
                .route("POST", "/projects", visits.form(projects::add))
                .route("GET", "/projects/new", visits.page(projects::create))
                .route("GET", "/projects/{name}", visits.page(repositories::list))
                .route("POST", "/projects/{name}/deletions/{id}/undo", visits.form(repositories::undo))
                .route("GET", repository, visits.page(visit -> either(visit, artifacts::show, repositories::show)))
                .route("POST", repository + "/description", visits.form(repositories::describe))
                .route("POST", repository + "/tags", visits.form(artifacts::addTag))
                .route("POST", repository + "/tags/delete", visits.form(artifacts::deleteTag))
                .route(
                        "POST",
                        repository + "/delete",
                        visits.form(visit -> either(visit, artifacts::delete, repositories::delete)))
                .route("GET", "/projects/{name}/settings", visits.page(projects::settings))
                .route("POST", "/projects/{name}/settings", visits.form(projects::save))
                .route("POST", "/projects/{name}/delete", visits.form(projects::delete));
        addMembers(pages, parts, visits);
        addRobots(
                pages,
                "/projects/{name}/robots",
                RobotPages.ofProjects(templates, parts.registry(), parts.time()),
                visits);
        addRobots(pages, "/registry/robots", RobotPages.ofSystem(templates, parts.registry(), parts.time()), visits);
        addRetention(pages, parts, visits);
        addImmutableTags(pages, parts, visits);
        addCollection(pages, parts, visits);
    }

    private void addMembers(Surface.Builder pages, Parts parts, Visits visits) {
        ProjectMemberPages members = new ProjectMemberPages(templates, parts.registry());
        QuotaPages quotas = new QuotaPages(templates, parts.registry());
        ProjectLogPages log = new ProjectLogPages(templates, parts.registry());
        pages.route("GET", "/projects/{name}/members", visits.page(members::list))
                .route("POST", "/projects/{name}/members", visits.form(members::add))
                .route("POST", "/projects/{name}/members/{member}/role", visits.form(members::change))
                .route("POST", "/projects/{name}/members/{member}/remove", visits.form(members::remove))
                .route("GET", "/projects/{name}/quota", visits.page(quotas::show))
                .route("POST", "/projects/{name}/quota", visits.form(quotas::save))
                .route("GET", "/projects/{name}/log", visits.page(log::list));
    }

    private static void addRobots(Surface.Builder pages, String path, RobotPages robots, Visits visits) {
        pages.route("GET", path, visits.page(robots::list))
                .route("POST", path, visits.form(robots::add))
                .route("GET", path + "/new", visits.page(robots::create))
                .route("GET", path + "/{robot}", visits.page(robots::show))
                .route("POST", path + "/{robot}", visits.form(robots::save))
                .route("POST", path + "/{robot}/secret", visits.form(robots::refresh))
                .route("POST", path + "/{robot}/status", visits.form(robots::changeStatus))
                .route("POST", path + "/{robot}/delete", visits.form(robots::delete));
    }

    private void addRetention(Surface.Builder pages, Parts parts, Visits visits) {
        String path = "/projects/{name}/retention";
        RetentionPages retention = new RetentionPages(templates, parts.registry());
        RetentionRunPages runs = new RetentionRunPages(templates, parts.registry(), live);
        pages.route("GET", path, visits.page(retention::show))
                .route("POST", path + "/schedule", visits.form(retention::schedule))
                .route("POST", path + "/rules", visits.form(retention::add))
                .route("GET", path + "/rules/new", visits.page(retention::create))
                .route("GET", path + "/rules/{rule}", visits.page(retention::edit))
                .route("POST", path + "/rules/{rule}", visits.form(retention::save))
                .route("POST", path + "/rules/{rule}/status", visits.form(retention::changeStatus))
                .route("POST", path + "/rules/{rule}/remove", visits.form(retention::remove))
                .route("POST", path + "/runs", visits.form(retention::run))
                .route("GET", path + "/runs/{run}", visits.page(runs::show))
                .route("GET", path + "/runs/{run}/live", visits.page(runs::follow))
                .route("POST", path + "/runs/{run}/stop", visits.form(runs::stop));
    }

    private void addImmutableTags(Surface.Builder pages, Parts parts, Visits visits) {
        String path = "/projects/{name}/immutable";
        ImmutableTagPages rules = new ImmutableTagPages(templates, parts.registry());
        pages.route("GET", path, visits.page(rules::list))
                .route("POST", path, visits.form(rules::add))
                .route("GET", path + "/{rule}", visits.page(rules::show))
                .route("POST", path + "/{rule}", visits.form(rules::save))
                .route("POST", path + "/{rule}/status", visits.form(rules::changeStatus))
                .route("POST", path + "/{rule}/delete", visits.form(rules::delete));
    }

    private void addCollection(Surface.Builder pages, Parts parts, Visits visits) {
        String path = "/registry/collection";
        CollectionPages collection = new CollectionPages(templates, parts.registry(), live);
        pages.route("GET", path, visits.page(collection::list))
                .route("POST", path, visits.form(collection::start))
                .route("GET", path + "/live", visits.page(collection::followList))
                .route("POST", path + "/schedule", visits.form(collection::schedule))
                .route("POST", path + "/scrub", visits.form(collection::scrub))
                .route("POST", path + "/comparison", visits.form(collection::compare))
                .route("GET", path + "/{run}", visits.page(collection::show))
                .route("GET", path + "/{run}/live", visits.page(collection::follow))
                .route("POST", path + "/{run}/stop", visits.form(collection::stop));
    }

    /** An artifact is named behind its repository, which may have slashes itself. */
    private static Answer either(Visit visit, PageHandler artifact, PageHandler repository) {
        return Addresses.namesArtifact(visit) ? artifact.handle(visit) : repository.handle(visit);
    }

    private void addSettings(Surface.Builder pages, Parts parts, Visits visits, Workspaces workspaces) {
        KeyPages keys = new KeyPages(templates, parts.keys(), workspaces, parts.time());
        WorkspacePages setUp = new WorkspacePages(templates, parts.workspaces(), workspaces);
        MemberPages members = new MemberPages(templates, parts.members());
        AuditPages audit = new AuditPages(templates, parts.audit());
        pages.route("GET", "/settings/keys", visits.page(keys::list))
                .route("POST", "/settings/keys", visits.form(keys::issue))
                .route("GET", "/settings/keys/new", visits.page(keys::create))
                .route("POST", "/settings/keys/{id}/revoke", visits.form(keys::revoke))
                .route("GET", "/settings/workspaces", visits.page(setUp::list))
                .route("POST", "/settings/workspaces", visits.form(setUp::create))
                .route("GET", "/settings/workspaces/{id}", visits.page(setUp::show))
                .route("POST", "/settings/workspaces/{id}", visits.form(setUp::save))
                .route("POST", "/settings/workspaces/{id}/status", visits.form(setUp::changeStatus))
                .route("GET", "/settings/members", visits.page(members::list))
                .route("POST", "/settings/members", visits.form(members::add))
                .route("POST", "/settings/members/new", visits.form(members::invite))
                .route("POST", "/settings/members/{id}/remove", visits.form(members::remove))
                .route("GET", "/settings/audit", visits.page(audit::list));
    }

    private void addDevelopers(Surface.Builder pages, Parts parts, Visits visits, Workspaces workspaces) {
        Markdown markdown = new Markdown();
        ApiDocuments documents = new ApiDocuments(parts.apiDocuments());
        ExplorerPages explorer = new ExplorerPages(templates, markdown, documents, workspaces);
        GuidePages guides = new GuidePages(templates, new GuideLibrary(markdown));
        SwaggerPages swagger = new SwaggerPages(documents);
        pages.route("GET", "/developers/api", visits.open(explorer::list))
                .route("GET", "/developers/api/{surface}", visits.open(explorer::api))
                .route("GET", "/developers/api/{surface}/{operation}", visits.open(explorer::operation))
                .route("GET", "/developers/guides", visits.open(guides::list))
                .route("GET", "/developers/guides/images/{file}", guides::beside)
                .route("GET", "/developers/guides/examples/{file}", guides::beside)
                .route("GET", "/developers/guides/{name+}", visits.open(guides::show))
                .route("GET", "/static/vendors/swagger", swagger::explorer)
                .route("GET", "/static/vendors/swagger/", swagger::explorer)
                .route("GET", "/static/vendors/swagger/index.html", swagger::explorer)
                .route("GET", "/static/vendors/swagger/swagger.yaml", swagger::description)
                .route("GET", "/static/resources/yaml/swagger.yaml", swagger::description)
                .route("GET", "/docs/swagger.yaml", swagger::description)
                .route("GET", "/swagger.yaml", swagger::description);
    }

    /** What it answers to. */
    public List<Surface> surfaces() {
        return List.of(surface);
    }

    /** Ends the streams that pages follow. */
    public void endStreams() {
        live.close();
    }
}
