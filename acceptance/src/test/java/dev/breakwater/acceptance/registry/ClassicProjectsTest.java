package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.expectLine;
import static dev.breakwater.acceptance.registry.ClassicApi.expectPlain;
import static dev.breakwater.acceptance.registry.ClassicApi.fresh;
import static dev.breakwater.acceptance.registry.ClassicApi.id;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** registry.md, checklist D: projects of the 2017 API. */
@WithServer
class ClassicProjectsTest {

    private static final String LENGTH =
            "invalid request: Project name is illegal in length. (greater than 2 or less than 30)";
    private static final String CHARACTERS =
            "invalid request: project name is not in lower case or contains illegal characters";

    private final ClassicApi api;
    private final Client admin;

    ClassicProjectsTest(TestServer server) {
        api = new ClassicApi(server);
        admin = api.admin();
    }

    private Reply create(Client client, String name) {
        return client.post("/api/projects", "{\"project_name\": \"%s\", \"public\": 0}".formatted(name));
    }

    @Test
    @Proves(contract = "registry", lines = 41)
    void names_that_are_too_short_or_too_long_are_refused() {
        expectLine(create(admin, "a"), 400, LENGTH);
        expectLine(create(admin, "a".repeat(31)), 400, LENGTH);
        expectLine(admin.post("/api/projects", "{}"), 400, LENGTH);
    }

    @Test
    @Proves(contract = "registry", lines = 42)
    void names_with_other_characters_are_refused() {
        for (String name : List.of("Abc", "a..b", "-ab", "ab-", "a b", "a/b", "a__b", "äb")) {
            expectLine(create(admin, name), 400, CHARACTERS);
        }
    }

    @Test
    @Proves(contract = "registry", lines = 43)
    void sound_names_are_taken() {
        for (String name : List.of("ab", "a.b-c_d", "x".repeat(30))) {
            Reply reply = create(admin, name).expect(201);
            assertThat(reply.body()).isEmpty();
            assertThat(admin.get(reply.header("Location").orElseThrow()).string("name"))
                    .isEqualTo(name);
        }
    }

    @Test
    @Proves(contract = "registry", lines = 44)
    void creation_can_be_restricted_to_administrators() {
        ClassicApi.User user = api.newUser();
        admin.put("/api/configurations", "{\"project_creation_restriction\": \"adminonly\"}")
                .expect(200);
        try {
            expectLine(user.client().post("/api/projects", "not json"), 403, "Only system admin can create project");
            expectLine(create(api.anonymous(), "any"), 401, "");
            create(admin, fresh("restricted")).expect(201);
        } finally {
            admin.put("/api/configurations", "{\"project_creation_restriction\": \"everyone\"}")
                    .expect(200);
        }
        create(user.client(), fresh("everyone")).expect(201);
    }

    @Test
    @Proves(contract = "registry", lines = 45)
    void who_makes_a_project_administers_it() {
        ClassicApi.User user = api.newUser();
        String name = fresh("own");
        long project = api.newProject(user.client(), name, false);

        JsonNode listed = user.client()
                .get("/api/projects?name=" + name)
                .expect(200)
                .json()
                .get(0);
        assertThat(listed.get("project_id").asLong()).isEqualTo(project);
        assertThat(listed.get("owner_id").asLong()).isEqualTo(user.id());
        assertThat(listed.get("current_user_role_id").asInt()).isEqualTo(1);
        assertThat(listed.get("Togglable").asBoolean()).isTrue();
        JsonNode forAdmin = admin.get("/api/projects?owner=" + user.name())
                .expect(200)
                .json()
                .get(0);
        assertThat(forAdmin.get("current_user_role_id").asInt()).isZero();
        assertThat(forAdmin.get("Togglable").asBoolean()).isTrue();
        assertThat(user.client()
                        .get("/api/projects/" + project)
                        .json()
                        .get("Togglable")
                        .asBoolean())
                .isFalse();
    }

    @Test
    @Proves(contract = "registry", lines = 46)
    void settings_with_a_sound_severity_are_kept() {
        String name = fresh("policy");
        String body = """
                {"project_name": "%s", "public": 1, "enable_content_trust": true,
                 "prevent_vulnerable_images_from_running": true,
                 "prevent_vulnerable_images_from_running_severity": "%s",
                 "automatically_scan_images_on_push": true}""";

        long kept = id(admin.post("/api/projects", body.formatted(name, "high")).expect(201));
        JsonNode project = admin.get("/api/projects/" + kept).expect(200).json();
        assertThat(project.get("enable_content_trust").asBoolean()).isTrue();
        assertThat(project.get("prevent_vulnerable_images_from_running").asBoolean())
                .isTrue();
        assertThat(project.get("prevent_vulnerable_images_from_running_severity")
                        .asString())
                .isEqualTo("high");
        assertThat(project.get("automatically_scan_images_on_push").asBoolean()).isTrue();

        long ignored = id(admin.post("/api/projects", body.formatted(fresh("policy"), "string"))
                .expect(201));
        JsonNode other = admin.get("/api/projects/" + ignored).expect(200).json();
        assertThat(other.get("enable_content_trust").asBoolean()).isFalse();
        assertThat(other.get("automatically_scan_images_on_push").asBoolean()).isFalse();
    }

    @Test
    @Proves(contract = "registry", lines = 47)
    void head_tells_whether_a_name_is_taken() {
        assertThat(api.anonymous()
                        .send("HEAD", "/api/projects?project_name=library")
                        .expect(200)
                        .body())
                .isEmpty();
        assertThat(api.anonymous()
                        .send("HEAD", "/api/projects?project_name=unknown")
                        .expect(404)
                        .body())
                .isEmpty();
        assertThat(api.anonymous().send("HEAD", "/api/projects").expect(400).body())
                .isEmpty();
    }

    @Test
    @Proves(contract = "registry", lines = 48)
    void existence_comes_before_permission() {
        ClassicApi.User user = api.newUser();
        long hidden = api.newProject(false);

        expectLine(user.client().get("/api/projects/" + hidden), 403, "");
        for (Client client : List.of(api.anonymous(), user.client(), admin)) {
            expectLine(client.get("/api/projects/987654"), 404, "project 987654 not found");
            expectLine(client.get("/api/projects/0"), 400, "invalid project ID: 0");
            assertThat(client.get("/api/projects/99999999999999999999")
                            .expect(400)
                            .text())
                    .startsWith("invalid project ID: ");
        }
    }

    @Test
    @Proves(contract = "registry", lines = 49)
    void only_yes_and_no_say_whether_to_list_public_ones() {
        expectLine(api.anonymous().get("/api/projects?public=maybe"), 400, "invalid public: maybe");
        for (String yes : List.of("1", "t", "T", "TRUE", "true", "True")) {
            assertThat(admin.get("/api/projects?name=library&public=" + yes)
                            .expect(200)
                            .json())
                    .hasSize(1);
        }
        for (String no : List.of("0", "f", "F", "FALSE", "false", "False")) {
            assertThat(admin.get("/api/projects?name=library&public=" + no)
                            .expect(200)
                            .json())
                    .isEmpty();
        }
    }

    @Test
    @Proves(contract = "registry", lines = 50)
    void names_are_looked_for_literally_and_whatever_the_case() {
        api.newProject(admin, "lit_er.al", true);

        assertThat(admin.get("/api/projects?name=LIT_ER").expect(200).json()).hasSize(1);
        assertThat(admin.get("/api/projects?name=lit%25al").expect(200).json()).isEmpty();
        assertThat(admin.get("/api/projects?name=litxer").expect(200).json()).isEmpty();
        assertThat(admin.get("/api/projects?name=lit_").expect(200).json()).hasSize(1);
        assertThat(admin.get("/api/projects?name=l_t").expect(200).json()).isEmpty();
    }

    @Test
    @Proves(contract = "registry", lines = 52)
    void a_deleted_project_frees_its_name_and_not_its_number() {
        String name = fresh("gone");
        long first = api.newProject(admin, name, false);
        assertThat(admin.get("/api/projects/" + first + "/_deletable")
                        .expect(200)
                        .text())
                .isEqualTo("{\n  \"deletable\": true,\n  \"message\": \"\"\n}");

        Reply deleted = admin.delete("/api/projects/" + first).expect(200);
        assertThat(deleted.body()).isEmpty();
        expectLine(admin.get("/api/projects/" + first), 404, "project %d not found".formatted(first));
        expectLine(admin.delete("/api/projects/" + first), 404, "project %d not found".formatted(first));

        assertThat(api.newProject(admin, name, false)).isGreaterThan(first);
    }

    @Test
    @Proves(contract = "registry", lines = 53)
    void publicity_is_0_or_1() {
        long project = api.newProject(false);
        String path = "/api/projects/" + project;

        expectLine(admin.put(path + "/publicity", "{\"public\": 2}"), 400, "public should be 0 or 1");
        expectLine(api.anonymous().get(path), 401, "");
        admin.put(path + "/publicity", "{\"public\": 1}").expect(200);
        assertThat(api.anonymous().get(path).expect(200).json().get("public").asInt())
                .isEqualTo(1);
        admin.put(path + "/publicity", "{\"public\": 0}").expect(200);
        expectLine(api.anonymous().get(path), 401, "");
    }

    @Test
    @Proves(contract = "registry", lines = 54)
    void guests_change_nothing() {
        ClassicApi.User guest = api.newUser();
        long project = api.newProject(false);
        api.join(project, guest, 3);
        String path = "/api/projects/" + project;

        expectLine(guest.client().delete(path), 403, "");
        expectLine(guest.client().put(path + "/publicity", "{\"public\": 1}"), 403, "");
        expectLine(api.anonymous().delete(path), 401, "");
        expectLine(api.anonymous().put(path + "/publicity", "{\"public\": 1}"), 401, "");
        expectLine(api.anonymous().delete("/api/projects/987654"), 404, "project 987654 not found");
        expectLine(api.anonymous().put("/api/projects/987654/publicity", "{}"), 404, "project 987654 not found");
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {55, 56})
    void settings_are_added_changed_and_removed_one_by_one() {
        ClassicApi.User guest = api.newUser();
        long project = api.newProject(false);
        api.join(project, guest, 3);
        String path = "/api/projects/" + project + "/metadatas";

        assertThat(admin.get(path).expect(200).text()).isEqualTo("{\n  \"public\": \"false\"\n}");
        expectLine(
                admin.post(path, "{\"auto_scan\": \"true\", \"severity\": \"low\"}"),
                400,
                "invalid request: has no valid key/value pairs or has more than one valid key/value pairs");
        expectLine(
                admin.post(path, "{\"unknown\": \"true\"}"),
                400,
                "invalid request: has no valid key/value pairs or has more than one valid key/value pairs");
        admin.post(path, "{\"auto_scan\": \"true\"}").expect(201);
        expectLine(admin.post(path, "{\"auto_scan\": \"true\"}"), 409, "");
        expectLine(admin.post(path, "{\"severity\": \"dreadful\"}"), 400, "invalid severity dreadful");
        assertThat(admin.get(path + "/auto_scan").expect(200).text()).isEqualTo("{\n  \"auto_scan\": \"true\"\n}");
        expectLine(admin.put(path + "/auto_scan", "{\"other\": \"x\"}"), 400, "must contains key auto_scan");
        admin.put(path + "/auto_scan", "{\"auto_scan\": \"false\"}").expect(200);
        assertThat(admin.get("/api/projects/" + project)
                        .json()
                        .get("automatically_scan_images_on_push")
                        .asBoolean())
                .isFalse();
        expectLine(
                admin.put(path + "/unknown", "{\"unknown\": \"x\"}"),
                404,
                "metadata unknown of project %d not found".formatted(project));
        admin.delete(path + "/auto_scan").expect(200);
        expectLine(
                admin.get(path + "/auto_scan"), 404, "metadata auto_scan of project %d not found".formatted(project));

        guest.client().get(path).expect(200);
        expectLine(guest.client().post(path, "{\"auto_scan\": \"true\"}"), 403, "");
        expectLine(guest.client().put(path + "/public", "{\"public\": \"true\"}"), 403, "");
        expectLine(guest.client().delete(path + "/public"), 403, "");
        expectLine(guest.client().put("/api/projects/" + project, "{\"metadata\": {\"public\": \"true\"}}"), 403, "");
        expectLine(api.anonymous().get(path), 401, "");
    }

    @Test
    void settings_and_the_project_object_are_one_state() {
        long project = api.newProject(false);
        String path = "/api/projects/" + project;

        admin.put(path, """
                        {"metadata": {"public": "true", "severity": "HIGH", "prevent_vul": "true"}}""").expect(200);

        JsonNode shown = api.anonymous().get(path).expect(200).json();
        assertThat(shown.get("public").asInt()).isEqualTo(1);
        assertThat(shown.get("prevent_vulnerable_images_from_running").asBoolean())
                .isTrue();
        assertThat(shown.get("prevent_vulnerable_images_from_running_severity").asString())
                .isEqualTo("high");
        assertThat(api.anonymous().get(path + "/metadatas").expect(200).text())
                .contains("\"public\": \"true\"")
                .contains("\"severity\": \"high\"");
    }

    @Test
    @Proves(contract = "registry", lines = 27)
    void a_search_has_two_lists_and_its_case_counts() {
        String name = fresh("found");
        ClassicApi.User user = api.newUser();
        api.newProject(user.client(), name, false);

        assertThat(admin.get("/api/search?q=" + name).expect(200).json().propertyNames())
                .containsExactly("project", "repository");
        assertThat(user.client().get("/api/search?q=" + name).json().get("project"))
                .hasSize(1);
        assertThat(api.newUser().client().get("/api/search?q=" + name).json().get("project"))
                .isEmpty();
        assertThat(admin.get("/api/search?q=FOUND").json().get("project")).isEmpty();
        assertThat(api.anonymous().get("/api/search").expect(200).json().get("project"))
                .isNotEmpty();
    }

    @Test
    void statistics_of_a_user_count_own_private_projects() {
        ClassicApi.User user = api.newUser();
        api.newProject(user.client(), fresh("stat"), false);

        JsonNode counts = user.client().get("/api/statistics").expect(200).json();
        assertThat(counts.propertyNames())
                .containsExactly(
                        "private_project_count", "private_repo_count", "public_project_count", "public_repo_count");
        assertThat(counts.get("private_project_count").asInt()).isEqualTo(1);
    }

    @Test
    void making_and_deleting_a_project_is_logged() {
        String name = fresh("logged");
        long project = api.newProject(admin, name, true);
        JsonNode entry = admin.get("/api/projects/" + project + "/logs")
                .expect(200)
                .json()
                .get(0);

        assertThat(entry.propertyNames())
                .containsExactly(
                        "log_id", "username", "project_id", "repo_name", "repo_tag", "guid", "operation", "op_time");
        assertThat(entry.get("repo_name").asString()).isEqualTo(name + "/");
        assertThat(entry.get("repo_tag").asString()).isEqualTo("N/A");
        assertThat(entry.get("operation").asString()).isEqualTo("create");
        assertThat(entry.get("username").asString()).isEqualTo("admin");

        admin.delete("/api/projects/" + project).expect(200);
        JsonNode deleted = admin.get("/api/logs?operation=delete&repository=" + name)
                .expect(200)
                .json()
                .get(0);
        assertThat(deleted.get("repo_name").asString()).isEqualTo(name + "/");
        expectPlain(admin.post("/api/projects", "["), 400, "Invalid json request");
    }

    @Test
    @Proves(contract = "registry", lines = 59)
    void the_log_of_a_project_is_for_its_members() {
        ClassicApi.User guest = api.newUser();
        ClassicApi.User stranger = api.newUser();
        long project = api.newProject(false);
        api.join(project, guest, 3);
        String path = "/api/projects/" + project + "/logs";

        expectLine(api.anonymous().get(path), 401, "");
        expectLine(stranger.client().get(path), 403, "");
        guest.client().get(path).expect(200);
        expectLine(guest.client().get(path + "?begin_timestamp=x"), 400, "invalid begin_timestamp: x");
        expectLine(guest.client().get(path + "?end_timestamp=x"), 400, "invalid end_timestamp: x");
        // Newest first: deleting comes before making in the list of all.
        String name = fresh("order");
        long other = api.newProject(admin, name, false);
        admin.delete("/api/projects/" + other).expect(200);
        List<String> operations = admin.get("/api/logs?repository=" + name)
                .expect(200)
                .json()
                .valueStream()
                .map(entry -> entry.get("operation").asString())
                .toList();
        assertThat(operations).containsExactly("delete", "create");
    }
}
