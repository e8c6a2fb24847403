package dev.breakwater.acceptance.console;

import java.util.List;
import java.util.stream.Stream;

/**
 * A form of the console by its route, filled in so that it would change something of a {@link Scene}. As for the pages,
 * this is the one list of them, and a new form has to be added here.
 *
 * @param route as the server knows it
 * @param address with the things of the scene in braces
 * @param fields likewise, as a browser sends them; empty for the own account, which belongs to no organization
 */
record ConsoleForm(String route, String address, String fields) {

    /** The forms that only change what is the visitor's own. */
    private static final List<String> OWN =
            List.of("POST /sign-in", "POST /sign-out", "POST /sign-out/everywhere", "POST /account/password");

    static List<String> own() {
        return OWN;
    }

    static List<ConsoleForm> all() {
        return Stream.of(events(), settings(), projects(), governance())
                .flatMap(List::stream)
                .toList();
    }

    /** The forms that change something of the installation, for its administrators only. */
    static List<ConsoleForm> ofInstallation() {
        return List.of(
                form("/registry/robots", "/registry/robots", "name=intruder&preset=push&projects=*"),
                form("/registry/robots/{robot}", "/registry/robots/1", "preset=push&projects=*"),
                form("/registry/robots/{robot}/secret", "/registry/robots/1/secret", ""),
                form("/registry/robots/{robot}/status", "/registry/robots/1/status", "status=disabled"),
                form("/registry/robots/{robot}/delete", "/registry/robots/1/delete", ""),
                form("/registry/collection", "/registry/collection", "kind=real&workers=1"),
                form("/registry/collection/schedule", "/registry/collection/schedule", "every=hourly"),
                form("/registry/collection/scrub", "/registry/collection/scrub", ""),
                form("/registry/collection/comparison", "/registry/collection/comparison", ""),
                form("/registry/collection/{run}/stop", "/registry/collection/1/stop", ""));
    }

    private static List<ConsoleForm> events() {
        return List.of(
                form("/events", "/events", "workspace={workspace}&type=order.shipped&payload=%7B%7D"),
                form(
                        "/webhooks",
                        "/webhooks",
                        "workspace={workspace}&url=http%3A%2F%2F127.0.0.1%2Fhook&events=order.*"),
                form("/webhooks/{id}", "/webhooks/{webhook}", "url=http%3A%2F%2F127.0.0.1%2Fother&events=*"),
                form("/webhooks/{id}/status", "/webhooks/{webhook}/status", "status=disabled"),
                form("/webhooks/{id}/secret", "/webhooks/{webhook}/secret", "grace=none"),
                form("/webhooks/{id}/test", "/webhooks/{webhook}/test", ""),
                form("/webhooks/{id}/delete", "/webhooks/{webhook}/delete", ""),
                form("/deliveries/replay", "/deliveries/replay", "workspace={workspace}&status=failed"),
                form("/deliveries/{id}/replay", "/deliveries/{failed-delivery}/replay", ""));
    }

    private static List<ConsoleForm> settings() {
        return List.of(
                form(
                        "/settings/keys",
                        "/settings/keys",
                        "name=stolen&environment=sandbox&preset=custom&scope=events%3Awrite&workspace={workspace}"),
                form("/settings/keys/{id}/revoke", "/settings/keys/{key}/revoke", ""),
                form("/settings/workspaces", "/settings/workspaces", "name=intruder&environment=sandbox"),
                form("/settings/workspaces/{id}", "/settings/workspaces/{workspace}", "name=taken&retention_days=1"),
                form("/settings/workspaces/{id}/status", "/settings/workspaces/{workspace}/status", "status=archived"),
                form("/settings/members", "/settings/members", "login=admin&role=_organization_admin"),
                form(
                        "/settings/members/new",
                        "/settings/members/new",
                        "username=intruder&name=Intruder&password=correct+horse&role=_organization_admin"),
                form("/settings/members/{id}/remove", "/settings/members/{viewer}/remove", ""));
    }

    private static List<ConsoleForm> projects() {
        return List.of(
                form("/projects", "/projects", "name=intruder&visibility=public"),
                form("/projects/{name}/settings", "/projects/{project}/settings", "visibility=public"),
                form("/projects/{name}/delete", "/projects/{project}/delete", ""),
                form("/projects/{name}/deletions/{id}/undo", "/projects/{project}/deletions/{deletion}/undo", ""),
                repository("/description", "checkout", "description=taken"),
                repository("/delete", "checkout", ""),
                repository("/delete", "checkout@{digest}", ""),
                repository("/tags", "checkout@{digest}", "tag=stolen"),
                repository("/tags/delete", "checkout@{digest}", "tag=latest"));
    }

    private static ConsoleForm repository(String change, String named, String fields) {
        return form(
                "/projects/{name}/repositories/{repository+}" + change,
                "/projects/{project}/repositories/" + named + change,
                fields);
    }

    private static List<ConsoleForm> governance() {
        String pattern = "repositories=**&repositories_mode=matching&tags=**&tags_mode=matching&untagged=yes";
        return List.of(
                ofProject("/members", "/members", "username=admin&role=project_admin"),
                ofProject("/members/{member}/role", "/members/{member}/role", "role=project_admin"),
                ofProject("/members/{member}/remove", "/members/{member}/remove", ""),
                ofProject("/robots", "/robots", "name=intruder&preset=push"),
                ofProject("/robots/{robot}", "/robots/{robot}", "preset=push"),
                ofProject("/robots/{robot}/secret", "/robots/{robot}/secret", ""),
                ofProject("/robots/{robot}/status", "/robots/{robot}/status", "status=disabled"),
                ofProject("/robots/{robot}/delete", "/robots/{robot}/delete", ""),
                ofProject("/retention/schedule", "/retention/schedule", "every=hourly"),
                ofProject("/retention/rules", "/retention/rules", "template=always&" + pattern),
                ofProject("/retention/rules/{rule}", "/retention/rules/{retention-rule}", "template=always&" + pattern),
                ofProject(
                        "/retention/rules/{rule}/status",
                        "/retention/rules/{retention-rule}/status",
                        "status=disabled"),
                ofProject("/retention/rules/{rule}/remove", "/retention/rules/{retention-rule}/remove", ""),
                ofProject("/retention/runs", "/retention/runs", "kind=real"),
                ofProject("/retention/runs/{run}/stop", "/retention/runs/{retention-run}/stop", ""),
                ofProject("/immutable", "/immutable", pattern),
                ofProject("/immutable/{rule}", "/immutable/{immutable-rule}", pattern),
                ofProject("/immutable/{rule}/status", "/immutable/{immutable-rule}/status", "status=disabled"),
                ofProject("/immutable/{rule}/delete", "/immutable/{immutable-rule}/delete", ""),
                ofProject("/quota", "/quota", "limited=yes&amount=1&unit=MiB"));
    }

    private static ConsoleForm ofProject(String route, String address, String fields) {
        return form("/projects/{name}" + route, "/projects/{project}" + address, fields);
    }

    private static ConsoleForm form(String route, String address, String fields) {
        return new ConsoleForm("POST " + route, address, fields);
    }

    /** Whether it names something of the scene; otherwise it means whatever organization is looked at. */
    boolean namesThing() {
        return (address + fields).contains("{");
    }

    @Override
    public String toString() {
        return route;
    }
}
