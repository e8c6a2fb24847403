package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.CurrentApi.API;
import static dev.breakwater.acceptance.registry.CurrentApi.each;
import static dev.breakwater.acceptance.registry.CurrentApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The rules that hold for all of {@code /api/v2.0}. */
@WithServer(settings = "registry.self-registration=true")
class CurrentFormTest {

    private final CurrentApi api;

    CurrentFormTest(TestServer server) {
        api = new CurrentApi(server);
    }

    @Test
    @Proves(contract = "registry", lines = 175)
    void it_answers_tells_its_version_and_how_it_is() {
        Client anyone = api.anonymous();

        Reply ping = anyone.get(API + "/ping").expect(200);
        assertThat(ping.text()).isEqualTo("Pong");
        assertThat(anyone.get("/api/version").expect(200).text()).isEqualTo("{\"version\":\"v2.0\"}");
        JsonNode health = anyone.get(API + "/health").expect(200).json();
        assertThat(health.get("status").asString()).isEqualTo("healthy");
        assertThat(health.get("components")
                        .valueStream()
                        .map(part -> part.get("name").asString()))
                .contains("core", "database", "registry", "jobservice");
    }

    @Test
    void errors_have_a_code_and_a_message_and_requests_an_id() {
        Client admin = api.admin();

        assertThat(error(admin.get(API + "/projects/nope"), 404, "NOT_FOUND")).isEqualTo("project nope not found");
        assertThat(error(api.anonymous().get(API + "/users"), 401, "UNAUTHORIZED"))
                .isEqualTo("unauthorized");
        assertThat(error(admin.get(API + "/users/x"), 422, "UNPROCESSABLE_ENTITY"))
                .contains("user_id");
        error(admin.get(API + "/nothing"), 404, "NOT_FOUND");
        error(admin.delete(API + "/statistics"), 405, "METHOD_NOT_ALLOWED");
        error(admin.post(API + "/projects", "{"), 400, "BAD_REQUEST");
        Reply reply = admin.with("X-Request-Id", "my-own.id").get(API + "/projects");
        assertThat(reply.header("X-Request-Id")).contains("my-own.id");
        assertThat(admin.get(API + "/projects").header("X-Request-Id").orElseThrow())
                .startsWith("req_");
    }

    @Test
    void answers_are_compact_with_members_in_order() {
        Reply reply = api.anonymous().get(API + "/projects/library").expect(200);

        assertThat(reply.text()).startsWith("{\"creation_time\":\"").doesNotContain("\n", ": ", ", ");
        List<String> members = new ArrayList<>(reply.json().propertyNames());
        assertThat(members).isSorted().contains("metadata", "name", "project_id");
        assertThat(reply.string("creation_time")).matches("[0-9-]{10}T[0-9:]{8}\\.[0-9]{3}Z");
        assertThat(reply.json().at("/cve_allowlist/items").isArray()).isTrue();
    }

    @Test
    @Proves(contract = "registry", lines = 177)
    void the_parameters_of_lists_are_checked() {
        Client admin = api.admin();

        error(admin.get(API + "/projects?page_size=101"), 422, "UNPROCESSABLE_ENTITY");
        error(admin.get(API + "/projects?page=0"), 422, "UNPROCESSABLE_ENTITY");
        error(admin.get(API + "/projects?page=x"), 422, "UNPROCESSABLE_ENTITY");
        assertThat(admin.get(API + "/projects?page=2147483647").expect(200).json())
                .isEmpty();
        assertThat(error(admin.get(API + "/projects?q=abc"), 400, "BAD_REQUEST"))
                .isEqualTo("the query string must contain \"=\" and the key/value cannot be empty");
        assertThat(error(admin.get(API + "/projects?q=name%3D%5Bx"), 400, "BAD_REQUEST"))
                .isEqualTo("invalid query string value: [x");
        assertThat(each(admin.get(API + "/projects?q=nothing%3D1%2Cname%3Dlibrary"), "name"))
                .containsExactly("library");
    }

    @Test
    @Proves(contract = "registry", lines = 178)
    void links_lead_to_the_pages_before_and_after() {
        CurrentApi.User owner = api.newUser();
        for (int i = 0; i < 5; i++) {
            api.newProject(owner.client(), false);
        }
        String list = API + "/projects?page_size=2&owner=" + owner.name() + "&sort=name&page=";

        Reply middle = owner.client().get(list + 2).expect(200);
        String query = "owner=" + owner.name() + "&page=%d&page_size=2&sort=name";
        assertThat(middle.header("Link"))
                .contains("</api/v2.0/projects?" + query.formatted(1) + ">; rel=\"prev\" , </api/v2.0/projects?"
                        + query.formatted(3) + ">; rel=\"next\"");
        assertThat(middle.header("X-Total-Count")).contains("5");
        assertThat(owner.client().get(list + 1).header("Link").orElseThrow()).doesNotContain("prev");
        Reply last = owner.client().get(list + 3).expect(200);
        assertThat(last.json()).hasSize(1);
        assertThat(last.header("Link").orElseThrow()).doesNotContain("next");
        assertThat(owner.client().get(list + 9).expect(200).text()).isEqualTo("[]");
    }

    @Test
    void lists_are_narrowed_and_sorted() {
        CurrentApi.User owner = api.newUser();
        CurrentApi.Project first = api.newProject(owner.client(), true);
        CurrentApi.Project second = api.newProject(owner.client(), false);
        String list = API + "/projects?owner=" + owner.name();

        assertThat(each(owner.client().get(list), "name")).containsExactly(second.name(), first.name());
        assertThat(each(owner.client().get(list + "&sort=name"), "name")).isSorted();
        assertThat(each(owner.client().get(list + "&public=true"), "name")).containsExactly(first.name());
        assertThat(each(
                        owner.client().get(list + "&q=name%3D~" + second.name().toUpperCase(java.util.Locale.ROOT)),
                        "name"))
                .containsExactly(second.name());
        assertThat(each(
                        owner.client().get(list + "&q=name%3D%7B" + second.name() + "%20" + first.name() + "%7D"),
                        "name"))
                .hasSize(2);
        assertThat(each(owner.client().get(list + "&q=project_id%3D%5B" + second.id() + "~%5D"), "name"))
                .containsExactly(second.name());
        assertThat(each(owner.client().get(list + "&q=creation_time%3D%5B2100-01-01T00:00:00~%5D"), "name"))
                .isEmpty();
        assertThat(each(api.anonymous().get(API + "/projects?public=false"), "name"))
                .isEmpty();
    }

    @Test
    @Proves(contract = "registry", lines = 207)
    void who_is_unknown_learns_little_of_the_system() {
        assertThat(api.anonymous().get(API + "/systeminfo").expect(200).json().propertyNames())
                .isSubsetOf(
                        "auth_mode", "primary_auth_mode", "self_registration", "banner_message", "oidc_provider_name")
                .contains("auth_mode", "self_registration");
        JsonNode known = api.admin().get(API + "/systeminfo").expect(200).json();
        assertThat(known.get("harbor_version").asString()).matches("v2\\.15\\.2-[0-9a-f]{8}");
        assertThat(known.propertyNames()).contains("registry_url", "read_only", "current_time", "external_url");
    }

    @Test
    @Proves(contract = "registry", lines = 208)
    void a_session_changes_something_only_with_its_token() {
        Client form = api.anonymous().with("Content-Type", "application/x-www-form-urlencoded");
        error(form.post("/c/login", "principal=admin&password=wrong"), 401, "UNAUTHORIZED");
        Reply login =
                form.post("/c/login", "principal=admin&password=Harbor12345").expect(200);
        String sid = CurrentApi.cookie(login, "sid");
        assertThat(sid).contains("; HttpOnly").contains("; Path=/");
        Client browser = api.anonymous().with("Cookie", CurrentApi.sent(sid));

        Reply current = browser.get(API + "/users/current").expect(200);
        assertThat(current.string("username")).isEqualTo("admin");
        String token = current.header("X-Harbor-CSRF-Token").orElseThrow();
        assertThat(CurrentApi.cookie(current, "_gorilla_csrf")).contains("; HttpOnly");
        String label = "{\"name\": \"%s\", \"scope\": \"g\"}";
        error(browser.post(API + "/labels", label.formatted(CurrentApi.fresh("label"))), 403, "FORBIDDEN");
        error(
                browser.with("X-Harbor-CSRF-Token", token + "x")
                        .post(API + "/labels", label.formatted(CurrentApi.fresh("label"))),
                403,
                "FORBIDDEN");
        browser.with("X-Harbor-CSRF-Token", token)
                .post(API + "/labels", label.formatted(CurrentApi.fresh("label")))
                .expect(201);
        Reply plain = api.admin()
                .post(API + "/labels", label.formatted(CurrentApi.fresh("label")))
                .expect(201);
        assertThat(plain.header("X-Harbor-CSRF-Token")).isEmpty();

        browser.get("/c/log_out").expect(200);
        error(browser.get(API + "/users/current"), 401, "UNAUTHORIZED");
    }

    @Test
    void people_register_themselves_in_a_browser_only() {
        String name = CurrentApi.fresh("self");
        String user = CurrentApi.user(name, "Passw0rd1");
        assertThat(error(api.anonymous().post(API + "/users", user), 403, "FORBIDDEN"))
                .isEqualTo("self-registration cannot be triggered via API");

        Reply exists = api.anonymous()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .post("/c/userExists", "target=username&value=" + name)
                .expect(200);
        assertThat(exists.text()).isEqualTo("false");
        String sid = CurrentApi.cookie(exists, "sid");
        api.anonymous()
                .with("Cookie", CurrentApi.sent(sid))
                .with(
                        "X-Harbor-CSRF-Token",
                        exists.header("X-Harbor-CSRF-Token").orElseThrow())
                .post(API + "/users", user)
                .expect(201);
        api.basic(name, "Passw0rd1").get(API + "/users/current").expect(200);
    }
}
