package dev.breakwater.acceptance.console;

import java.util.List;
import java.util.stream.Stream;

/**
 * A page of the console by its route, with an address at which a {@link Scene} shows it. This list is the one place in
 * which pages are named for the tests that visit all of them: who sees what of whom, what each role may do, and how
 * each page behaves in a browser. A new page has to be added here.
 *
 * @param route as the server knows it
 * @param address with the things of the scene in braces
 * @param kind what it shows
 * @param needs the least that a visitor has to be allowed
 */
record ConsolePage(String route, String address, Kind kind, Needs needs) {

    /** What a page shows. */
    enum Kind {
        /** Something that everybody may see, signed in or not. */
        OPEN,
        /** A file or a signpost that everybody may have. */
        FILE,
        /** Something of the organization that is looked at, whichever that is. */
        OF_ORGANIZATION,
        /** One thing, which belongs to one organization: for all others it is not there. */
        OF_THING,
        /** Changes of one thing, as long as somebody listens. */
        STREAM,
        /** Something of the installation as a whole, for its administrators only. */
        OF_INSTALLATION
    }

    /** What a visitor has to be allowed. */
    enum Needs {
        /** To look. */
        VIEWING,
        /** To change something: the page is a form. */
        EDITING
    }

    static List<ConsolePage> all() {
        return Stream.of(
                        account(),
                        events(),
                        webhooks(),
                        deliveries(),
                        settings(),
                        projects(),
                        governance(),
                        installation(),
                        developers())
                .flatMap(List::stream)
                .toList();
    }

    /** Those that are looked at, once each. */
    static List<ConsolePage> visible() {
        return all().stream()
                .filter(page -> page.kind != Kind.STREAM && page.kind != Kind.FILE && page.kind != Kind.OF_INSTALLATION)
                .toList();
    }

    /** Those that only administrators of the installation see. */
    static List<ConsolePage> ofInstallation() {
        return all().stream().filter(page -> page.kind == Kind.OF_INSTALLATION).toList();
    }

    /** Whether it never ends. */
    boolean streams() {
        return route.endsWith("/live");
    }

    private static List<ConsolePage> account() {
        return List.of(
                open("/sign-in", "/sign-in"),
                file("/assets/{name}", "/assets/none.css"),
                page("/", "/"),
                page("/account", "/account"));
    }

    private static List<ConsolePage> events() {
        return List.of(
                page("/events", "/events"),
                thing("/events", "/events?workspace={workspace}"),
                thing("/events", "/events?workspace={workspace}&type=order.*"),
                form("/events/new", "/events/new"),
                thingForm("/events/new", "/events/new?workspace={workspace}"),
                thingForm("/events/new", "/events/new?copy={event}"),
                thing("/events/{id}", "/events/{event}"),
                thing("/events/{id}", "/events/{failed-event}"));
    }

    private static List<ConsolePage> webhooks() {
        return List.of(
                page("/webhooks", "/webhooks"),
                thing("/webhooks", "/webhooks?workspace={workspace}"),
                form("/webhooks/new", "/webhooks/new"),
                thingForm("/webhooks/new", "/webhooks/new?workspace={workspace}"),
                thing("/webhooks/{id}", "/webhooks/{webhook}"));
    }

    private static List<ConsolePage> deliveries() {
        return List.of(
                page("/deliveries", "/deliveries"),
                thing("/deliveries", "/deliveries?workspace={workspace}"),
                thing("/deliveries", "/deliveries?workspace={workspace}&webhook={webhook}&event={event}"),
                stream("/deliveries/live", "/deliveries/live?workspace={workspace}"),
                form("/deliveries/replay", "/deliveries/replay"),
                thingForm("/deliveries/replay", "/deliveries/replay?workspace={workspace}&webhook={webhook}"),
                thing("/deliveries/replays/{id}", "/deliveries/replays/{replay}"),
                thing("/deliveries/{id}", "/deliveries/{delivery}"),
                thing("/deliveries/{id}", "/deliveries/{failed-delivery}"),
                stream("/deliveries/{id}/live", "/deliveries/{delivery}/live"));
    }

    private static List<ConsolePage> settings() {
        return List.of(
                page("/settings/keys", "/settings/keys"),
                form("/settings/keys/new", "/settings/keys/new"),
                page("/settings/workspaces", "/settings/workspaces"),
                thing("/settings/workspaces/{id}", "/settings/workspaces/{workspace}"),
                page("/settings/members", "/settings/members"),
                page("/settings/audit", "/settings/audit"));
    }

    private static List<ConsolePage> projects() {
        return List.of(
                page("/projects", "/projects"),
                form("/projects/new", "/projects/new"),
                thing("/projects/{name}", "/projects/{project}"),
                repository("/projects/{project}/repositories/checkout"),
                repository("/projects/{project}/repositories/checkout?search=v1.4"),
                repository("/projects/{project}/repositories/checkout@{digest}"),
                repository("/projects/{project}/repositories/checkout:latest"),
                thingForm("/projects/{name}/settings", "/projects/{project}/settings"));
    }

    /** A repository, or an artifact of one. */
    private static ConsolePage repository(String address) {
        return thing("/projects/{name}/repositories/{repository+}", address);
    }

    private static List<ConsolePage> developers() {
        return List.of(
                open("/developers/api", "/developers/api"),
                open("/developers/api", "/developers/api?q=list"),
                open("/developers/api/{surface}", "/developers/api/harbor-2017"),
                open("/developers/api/{surface}/{operation}", "/developers/api/events/createEvent"),
                open("/developers/api/{surface}/{operation}", "/developers/api/events/listEvents"),
                open("/developers/api/{surface}/{operation}", "/developers/api/harbor-2017/signIn"),
                open("/developers/api/{surface}/{operation}", "/developers/api/distribution/putManifest"),
                open("/developers/guides", "/developers/guides"),
                open("/developers/guides/{name+}", "/developers/guides/events"),
                open("/developers/guides/{name+}", "/developers/guides/benchmarks"),
                open("/developers/guides/{name+}", "/developers/guides/adr/0016-an-explorer-without-cookies"),
                file("/developers/guides/images/{file}", "/developers/guides/images/none.png"),
                file("/developers/guides/examples/{file}", "/developers/guides/examples/Receiver.java"),
                file("/static/vendors/swagger", "/static/vendors/swagger"),
                file("/static/vendors/swagger/", "/static/vendors/swagger/"),
                file("/static/vendors/swagger/index.html", "/static/vendors/swagger/index.html"),
                file("/static/vendors/swagger/swagger.yaml", "/static/vendors/swagger/swagger.yaml"),
                file("/static/resources/yaml/swagger.yaml", "/static/resources/yaml/swagger.yaml"),
                file("/docs/swagger.yaml", "/docs/swagger.yaml"),
                file("/swagger.yaml", "/swagger.yaml"));
    }

    private static ConsolePage file(String route, String address) {
        return new ConsolePage("GET " + route, address, Kind.FILE, Needs.VIEWING);
    }

    private static List<ConsolePage> governance() {
        return List.of(
                thing("/projects/{name}/members", "/projects/{project}/members"),
                thing("/projects/{name}/robots", "/projects/{project}/robots"),
                thingForm("/projects/{name}/robots/new", "/projects/{project}/robots/new"),
                thing("/projects/{name}/robots/{robot}", "/projects/{project}/robots/{robot}"),
                thingForm("/projects/{name}/retention", "/projects/{project}/retention"),
                thingForm("/projects/{name}/retention/rules/new", "/projects/{project}/retention/rules/new"),
                thingForm(
                        "/projects/{name}/retention/rules/{rule}",
                        "/projects/{project}/retention/rules/{retention-rule}"),
                thingForm(
                        "/projects/{name}/retention/runs/{run}", "/projects/{project}/retention/runs/{retention-run}"),
                stream(
                        "/projects/{name}/retention/runs/{run}/live",
                        "/projects/{project}/retention/runs/{retention-run}/live"),
                thingForm("/projects/{name}/immutable", "/projects/{project}/immutable"),
                thingForm("/projects/{name}/immutable/{rule}", "/projects/{project}/immutable/{immutable-rule}"),
                thing("/projects/{name}/quota", "/projects/{project}/quota"),
                thingForm("/projects/{name}/log", "/projects/{project}/log"));
    }

    private static List<ConsolePage> installation() {
        return List.of(
                ofInstallation("/registry/robots", "/registry/robots"),
                ofInstallation("/registry/robots/new", "/registry/robots/new"),
                ofInstallation("/registry/robots/{robot}", "/registry/robots/1"),
                ofInstallation("/registry/collection", "/registry/collection"),
                ofInstallation("/registry/collection/live", "/registry/collection/live"),
                ofInstallation("/registry/collection/{run}", "/registry/collection/1"),
                ofInstallation("/registry/collection/{run}/live", "/registry/collection/1/live"));
    }

    private static ConsolePage ofInstallation(String route, String address) {
        return new ConsolePage("GET " + route, address, Kind.OF_INSTALLATION, Needs.EDITING);
    }

    private static ConsolePage open(String route, String address) {
        return new ConsolePage("GET " + route, address, Kind.OPEN, Needs.VIEWING);
    }

    private static ConsolePage page(String route, String address) {
        return new ConsolePage("GET " + route, address, Kind.OF_ORGANIZATION, Needs.VIEWING);
    }

    private static ConsolePage form(String route, String address) {
        return new ConsolePage("GET " + route, address, Kind.OF_ORGANIZATION, Needs.EDITING);
    }

    private static ConsolePage thing(String route, String address) {
        return new ConsolePage("GET " + route, address, Kind.OF_THING, Needs.VIEWING);
    }

    private static ConsolePage thingForm(String route, String address) {
        return new ConsolePage("GET " + route, address, Kind.OF_THING, Needs.EDITING);
    }

    private static ConsolePage stream(String route, String address) {
        return new ConsolePage("GET " + route, address, Kind.STREAM, Needs.VIEWING);
    }

    /** The address with one more parameter. */
    static String with(String address, String parameter) {
        return address + (address.contains("?") ? "&" : "?") + parameter;
    }

    @Override
    public String toString() {
        return address;
    }
}
