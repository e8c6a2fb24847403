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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Projects, their members and settings in {@code /api/v2.0}. */
@WithServer
class CurrentProjectsTest {

    private final CurrentApi api;

    CurrentProjectsTest(TestServer server) {
        api = new CurrentApi(server);
    }

    @Test
    @Proves(contract = "registry", lines = 179)
    void permission_is_told_before_existence() {
        CurrentApi.User user = api.newUser();

        error(api.anonymous().get(API + "/projects/424242"), 401, "UNAUTHORIZED");
        error(user.client().get(API + "/projects/424242"), 403, "FORBIDDEN");
        assertThat(error(api.admin().get(API + "/projects/424242"), 404, "NOT_FOUND"))
                .isEqualTo("project 424242 not found");

        CurrentApi.Project hidden = api.newProject(false);
        error(api.anonymous().get(hidden.path()), 401, "UNAUTHORIZED");
        error(user.client().get(hidden.path()), 403, "FORBIDDEN");
    }

    @Test
    @Proves(contract = "registry", lines = 180)
    void a_header_says_that_digits_are_a_name() {
        Client admin = api.admin();
        String name = "99" + CurrentApi.fresh("").replaceAll("[^0-9]", "");
        admin.post(API + "/projects", "{\"project_name\": \"" + name + "\"}").expect(201);

        error(admin.get(API + "/projects/" + name), 404, "NOT_FOUND");
        Reply reply = admin.with("X-Is-Resource-Name", "true")
                .get(API + "/projects/" + name)
                .expect(200);
        assertThat(reply.string("name")).isEqualTo(name);
        error(admin.with("X-Is-Resource-Name", "true").get(API + "/projects/1"), 404, "NOT_FOUND");
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {182, 183})
    void a_new_project_is_told_by_number_or_by_name_and_its_name_is_taken() {
        CurrentApi.User owner = api.newUser();
        String name = CurrentApi.fresh("project");
        String body = "{\"project_name\": \"" + name + "\", \"metadata\": {\"public\": \"true\"}}";

        Reply made = owner.client().post(API + "/projects", body).expect(201);
        assertThat(made.header("Location").orElseThrow()).matches("/api/v2\\.0/projects/[0-9]+");
        assertThat(made.body()).isEmpty();
        assertThat(error(owner.client().post(API + "/projects", body), 409, "CONFLICT"))
                .isEqualTo("The project named " + name + " already exists");
        String other = CurrentApi.fresh("project");
        Reply named = owner.client()
                .with("X-Resource-Name-In-Location", "true")
                .post(API + "/projects", "{\"project_name\": \"" + other + "\", \"public\": true}")
                .expect(201);
        assertThat(named.header("Location")).contains("/api/v2.0/projects/" + other);

        Reply read = owner.client().get(API + "/projects/" + name).expect(200);
        assertThat(read.json().at("/metadata/public").asString()).isEqualTo("true");
        assertThat(read.json().at("/current_user_role_id").asInt()).isEqualTo(1);
        assertThat(read.string("owner_name")).isEqualTo(owner.name());
        assertThat(read.json().get("owner_id").asLong()).isEqualTo(owner.id());
    }

    @ParameterizedTest
    @ValueSource(strings = {"Abc", "a..b", "-ab", "ab-", "a b", "a/b"})
    void names_have_a_grammar(String name) {
        assertThat(error(
                        api.admin().post(API + "/projects", "{\"project_name\": \"" + name + "\"}"),
                        400,
                        "BAD_REQUEST"))
                .isEqualTo("project name is not in lower case or contains illegal characters");
    }

    @Test
    void wrong_projects_are_refused() {
        Client admin = api.admin();

        assertThat(error(admin.post(API + "/projects", "{}"), 400, "BAD_REQUEST"))
                .isEqualTo("Project name  is illegal in length. (greater than 255 or less than 1)");
        assertThat(error(
                        admin.post(
                                API + "/projects", "{\"project_name\": \"x1\", \"metadata\": {\"public\": \"maybe\"}}"),
                        400,
                        "BAD_REQUEST"))
                .isEqualTo("metadata.public should only be 'true' or 'false', but got: 'maybe'");
        error(api.anonymous().post(API + "/projects", "{}"), 401, "UNAUTHORIZED");
        assertThat(error(
                        api.newUser()
                                .client()
                                .post(API + "/projects", "{\"project_name\": \"x2\", \"registry_id\": 1}"),
                        403,
                        "FORBIDDEN"))
                .isEqualTo("Only system admin can create proxy cache project");
    }

    @Test
    void creation_can_be_restricted() {
        Client user = api.newUser().client();
        api.admin()
                .put(API + "/configurations", "{\"project_creation_restriction\": \"adminonly\"}")
                .expect(200);
        try {
            assertThat(error(user.post(API + "/projects", "{\"project_name\": \"x3\"}"), 403, "FORBIDDEN"))
                    .isEqualTo("Only system admin can create project");
            api.newProject(false);
        } finally {
            api.admin()
                    .put(API + "/configurations", "{\"project_creation_restriction\": \"everyone\"}")
                    .expect(200);
        }
    }

    @Test
    void a_head_tells_whether_a_name_is_taken() {
        api.admin().send("HEAD", API + "/projects?project_name=library").expect(200);
        api.admin().send("HEAD", API + "/projects?project_name=nobody-has-it").expect(404);
        api.anonymous().send("HEAD", API + "/projects?project_name=library").expect(401);
    }

    @Test
    void settings_are_read_as_they_were_written() {
        CurrentApi.Project project = api.newProject(false);
        Client admin = api.admin();

        admin.put(project.path(), """
                        {"metadata": {"auto_scan": "true", "severity": "high", "public": "true"},
                         "cve_allowlist": {"items": [{"cve_id": "CVE-2026-0001"}], "expires_at": 1798758000}}""").expect(200);

        Reply read = admin.get(API + "/projects/" + project.id()).expect(200);
        assertThat(read.json().get("metadata").toString())
                .isEqualTo("{\"auto_scan\":\"true\",\"public\":\"true\",\"severity\":\"high\"}");
        assertThat(read.json().at("/cve_allowlist/items").toString()).isEqualTo("[{\"cve_id\":\"CVE-2026-0001\"}]");
        assertThat(read.json().at("/cve_allowlist/expires_at").asLong()).isEqualTo(1_798_758_000L);
        api.anonymous().get(project.path()).expect(200);

        String metadata = project.path() + "/metadatas";
        error(admin.post(metadata + "/", "{\"severity\": \"low\"}"), 409, "CONFLICT");
        error(admin.post(metadata + "/", "{\"prevent_vul\": \"true\", \"x\": \"y\"}"), 400, "BAD_REQUEST");
        admin.post(metadata + "/", "{\"prevent_vul\": \"true\"}").expect(200);
        assertThat(admin.get(metadata + "/prevent_vul").expect(200).text()).isEqualTo("{\"prevent_vul\":\"true\"}");
        admin.put(metadata + "/severity", "{\"severity\": \"low\"}").expect(200);
        assertThat(admin.get(metadata + "/").expect(200).string("severity")).isEqualTo("low");
        admin.delete(metadata + "/severity").expect(200);
        error(admin.get(metadata + "/severity"), 404, "NOT_FOUND");
        error(api.newUser().client().put(metadata + "/auto_scan", "{\"auto_scan\": \"false\"}"), 403, "FORBIDDEN");
    }

    @Test
    @Proves(contract = "registry", lines = 57)
    void both_apis_show_one_state() {
        CurrentApi.Project project = api.newProject(false);
        Client admin = api.admin();
        String classic = "/api/projects/" + project.id();

        admin.put(classic + "/metadatas/public", "{\"public\": \"true\"}").expect(200);
        assertThat(admin.get(classic).expect(200).json().get("public").asInt()).isEqualTo(1);
        assertThat(admin.get(project.path())
                        .expect(200)
                        .json()
                        .at("/metadata/public")
                        .asString())
                .isEqualTo("true");

        admin.put(project.path() + "/metadatas/public", "{\"public\": \"false\"}")
                .expect(200);
        assertThat(admin.get(classic).expect(200).json().get("public").asInt()).isZero();
        assertThat(admin.get(classic + "/metadatas/public").expect(200).string("public"))
                .isEqualTo("false");
    }

    @Test
    void an_empty_project_can_be_deleted_and_its_name_is_free_again() {
        CurrentApi.Project project = api.newProject(false);
        Client admin = api.admin();

        assertThat(admin.get(project.path() + "/_deletable").expect(200).text()).isEqualTo("{\"deletable\":true}");
        error(api.anonymous().delete(project.path()), 401, "UNAUTHORIZED");
        admin.delete(project.path()).expect(200);
        error(admin.get(project.path()), 404, "NOT_FOUND");
        Reply again = admin.post(API + "/projects", "{\"project_name\": \"" + project.name() + "\"}")
                .expect(201);
        assertThat(CurrentApi.id(again)).isGreaterThan(project.id());
    }

    @Test
    @Proves(contract = "registry", lines = 184)
    void members_come_and_go() {
        CurrentApi.Project project = api.newProject(false);
        CurrentApi.User user = api.newUser();
        Client admin = api.admin();
        String members = API + "/projects/" + project.id() + "/members";
        String body = "{\"role_id\": 2, \"member_user\": {\"username\": \"" + user.name() + "\"}}";

        Reply made = admin.post(members, body).expect(201);
        long id = CurrentApi.id(made);
        assertThat(made.header("Location")).contains(members + "/" + id);
        assertThat(error(admin.post(members, body), 409, "CONFLICT"))
                .isEqualTo("The project member specified already exist");
        Reply read = user.client().get(members + "/" + id).expect(200);
        assertThat(read.text())
                .isEqualTo("{\"entity_id\":%d,\"entity_name\":\"%s\",\"entity_type\":\"u\",\"id\":%d,\"project_id\":%d,"
                                .formatted(user.id(), user.name(), id, project.id())
                        + "\"role_id\":2,\"role_name\":\"developer\"}");
        admin.put(members + "/" + id, "{\"role_id\": 4}").expect(200);
        assertThat(each(admin.get(members + "?entityname=" + user.name()), "role_name"))
                .containsExactly("maintainer");
        assertThat(error(admin.put(members + "/" + id, "{\"role_id\": 9}"), 400, "BAD_REQUEST"))
                .isEqualTo("Failed to update project member, role is not in 1,2,3");
        error(user.client().post(members, body), 403, "FORBIDDEN");
        assertThat(user.client()
                        .get(project.path() + "/summary")
                        .expect(200)
                        .json()
                        .get("maintainer_count")
                        .asInt())
                .isEqualTo(1);

        admin.delete(members + "/" + id).expect(200);
        error(admin.get(members + "/" + id), 404, "NOT_FOUND");
        error(user.client().get(project.path()), 403, "FORBIDDEN");
        error(
                admin.post(members, "{\"role_id\": 2, \"member_user\": {\"username\": \"nobody-has-it\"}}"),
                404,
                "NOT_FOUND");
    }

    @Test
    void projects_are_searched_and_counted() {
        CurrentApi.User user = api.newUser();
        CurrentApi.Project own = api.newProject(user.client(), false);
        CurrentApi.Project hidden = api.newProject(false);

        Reply found = user.client().get(API + "/search?q=" + own.name()).expect(200);
        assertThat(found.json().get("project")).hasSize(1);
        assertThat(user.client()
                        .get(API + "/search?q=" + hidden.name())
                        .expect(200)
                        .text())
                .isEqualTo("{\"project\":[],\"repository\":[]}");
        error(user.client().get(API + "/search"), 422, "UNPROCESSABLE_ENTITY");

        Reply statistics = user.client().get(API + "/statistics").expect(200);
        assertThat(statistics.json().get("private_project_count").asInt()).isEqualTo(1);
        assertThat(statistics.json().has("total_project_count")).isFalse();
        assertThat(api.admin().get(API + "/statistics").expect(200).json().has("total_storage_consumption"))
                .isTrue();
        error(api.anonymous().get(API + "/statistics"), 401, "UNAUTHORIZED");
    }
}
