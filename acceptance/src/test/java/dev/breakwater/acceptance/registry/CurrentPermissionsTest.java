package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.CurrentApi.API;
import static dev.breakwater.acceptance.registry.CurrentApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** What {@code /users/current/permissions} tells is what the calls do, for every role and every action. */
@WithServer
class CurrentPermissionsTest {

    private final CurrentApi api;

    CurrentPermissionsTest(TestServer server) {
        api = new CurrentApi(server);
    }

    /** Whether a caller may do something, found out by trying it on what is not there, or does not change much. */
    private interface Probe extends Predicate<Client> {}

    private static Probe call(String method, String target, String body) {
        return caller -> {
            Reply reply = body.isEmpty()
                    ? caller.send(method, target)
                    : caller.send(method, target, Distribution.bytes(body));
            return reply.status() != 401 && reply.status() != 403;
        };
    }

    private static Probe get(String target) {
        return call("GET", target, "");
    }

    private Map<String, Probe> probes(CurrentApi.Project project) {
        Map<String, Probe> probes = new TreeMap<>();
        String path = project.path();
        probes.put("project read", get(path));
        probes.put("project update", call("PUT", path, "{}"));
        probes.put("project delete", call("DELETE", path, ""));
        probes.put("member create", call("POST", path + "/members", "{\"role_id\": 9}"));
        probes.put("member read", get(path + "/members/424242"));
        probes.put("member update", call("PUT", path + "/members/424242", "{\"role_id\": 2}"));
        probes.put("member delete", call("DELETE", path + "/members/424242", ""));
        probes.put("member list", get(path + "/members"));
        probes.put("metadata create", call("POST", path + "/metadatas", "{}"));
        probes.put("metadata read", get(path + "/metadatas/public"));
        probes.put("metadata update", call("PUT", path + "/metadatas/none", "{}"));
        probes.put("metadata delete", call("DELETE", path + "/metadatas/none", ""));
        probes.put("metadata list", get(path + "/metadatas"));
        probes.put("log list", get(path + "/logs"));
        probes.put("quota read", caller -> caller.get(path + "/summary").json().has("quota"));
        ofLabels(probes, project);
        ofContent(probes, project);
        ofUpkeep(probes, project);
        ofRobots(probes, project);
        return probes;
    }

    private void ofLabels(Map<String, Probe> probes, CurrentApi.Project project) {
        String label = "{\"name\": \"%s\", \"scope\": \"p\", \"project_id\": " + project.id() + "}";
        long id = CurrentApi.id(api.admin()
                .post(API + "/labels", label.formatted(CurrentApi.fresh("label")))
                .expect(201));
        probes.put("label create", call("POST", API + "/labels", label.formatted(CurrentApi.fresh("label"))));
        probes.put("label read", get(API + "/labels/" + id));
        probes.put("label update", call("PUT", API + "/labels/" + id, label.formatted(CurrentApi.fresh("label"))));
        probes.put("label list", get(API + "/labels?scope=p&project_id=" + project.id()));
        long doomed = CurrentApi.id(api.admin()
                .post(API + "/labels", label.formatted(CurrentApi.fresh("label")))
                .expect(201));
        probes.put("label delete", call("DELETE", API + "/labels/" + doomed, ""));
    }

    private static void ofContent(Map<String, Probe> probes, CurrentApi.Project project) {
        String repositories = project.path() + "/repositories";
        String artifacts = repositories + "/app/artifacts";
        probes.put("repository read", get(repositories + "/none"));
        probes.put("repository update", call("PUT", repositories + "/none", "{}"));
        probes.put("repository delete", call("DELETE", repositories + "/none", ""));
        probes.put("repository list", get(repositories));
        probes.put("repository pull", get("/v2/" + project.name() + "/app/manifests/v1"));
        probes.put("repository push", call("POST", "/v2/" + project.name() + "/app/blobs/uploads/", ""));
        probes.put("artifact create", call("POST", artifacts + "?from=" + project.name() + "/app:none", ""));
        probes.put("artifact read", get(artifacts + "/none"));
        probes.put("artifact delete", call("DELETE", artifacts + "/none", ""));
        probes.put("artifact list", get(artifacts));
        probes.put("artifact-addition read", get(artifacts + "/v1/additions/build_history"));
        probes.put("artifact-label create", call("POST", artifacts + "/v1/labels", "{\"id\": 424242}"));
        probes.put("artifact-label delete", call("DELETE", artifacts + "/v1/labels/424242", ""));
        probes.put("accessory list", get(artifacts + "/v1/accessories"));
        probes.put("tag create", call("POST", artifacts + "/v1/tags", "{\"name\": \"-\"}"));
        probes.put("tag delete", call("DELETE", artifacts + "/v1/tags/none", ""));
        probes.put("tag list", get(artifacts + "/v1/tags"));
        probes.put("scan create", call("POST", artifacts + "/v1/scan", ""));
        probes.put("scan read", get(artifacts + "/v1/scan/none/log"));
        probes.put("scan stop", call("POST", artifacts + "/v1/scan/stop", ""));
    }

    private void ofUpkeep(Map<String, Probe> probes, CurrentApi.Project project) {
        String rules = project.path() + "/immutabletagrules";
        probes.put("immutable-tag create", call("POST", rules, "{\"template\": \"none\"}"));
        probes.put("immutable-tag update", call("PUT", rules + "/424242", "{\"id\": 424242}"));
        probes.put("immutable-tag delete", call("DELETE", rules + "/424242", ""));
        probes.put("immutable-tag list", get(rules));
        String policy = """
                {"algorithm": "or", "rules": [], "scope": {"level": "project", "ref": %d},
                 "trigger": {"kind": "Schedule", "settings": {"cron": ""}}}""".formatted(project.id());
        long id = CurrentApi.id(api.admin().post(API + "/retentions", policy).expect(201));
        String retention = API + "/retentions/" + id;
        // There is one already, which is told to who might make one.
        probes.put("tag-retention create", call("POST", API + "/retentions", policy));
        probes.put("tag-retention read", get(retention));
        probes.put(
                "tag-retention update", call("PUT", retention, policy.replace("{\"alg", "{\"id\": " + id + ", \"alg")));
        probes.put("tag-retention list", get(retention + "/executions"));
        probes.put("tag-retention operate", call("POST", retention + "/executions", "{\"dry_run\": true}"));
    }

    private void ofRobots(Map<String, Probe> probes, CurrentApi.Project project) {
        String body = """
                {"name": "%s", "level": "project", "duration": 1, "permissions": [{"kind": "project",
                 "namespace": "%s", "access": [{"resource": "repository", "action": "pull"}]}]}""".formatted(CurrentApi.fresh("robot"), project.name());
        long id = api.admin()
                .post(API + "/robots", body)
                .expect(201)
                .json()
                .get("id")
                .asLong();
        String robot = API + "/robots/" + id;
        probes.put("robot create", call("POST", API + "/robots", body));
        probes.put("robot read", get(robot));
        probes.put("robot list", get(API + "/robots?q=Level%3Dproject,ProjectID%3D" + project.id()));
        probes.put("robot update", call("PATCH", robot, "{\"secret\": \"\"}"));
        long doomed = api.admin()
                .post(API + "/robots", body.replaceFirst("robot", "doomed"))
                .expect(201)
                .json()
                .get("id")
                .asLong();
        probes.put("robot delete", call("DELETE", API + "/robots/" + doomed, ""));
    }

    private static Set<String> told(Client caller, CurrentApi.Project project) {
        Reply reply = caller.get(API + "/users/current/permissions?relative=true&scope=/project/" + project.id())
                .expect(200);
        return reply.json()
                .valueStream()
                .map(pair -> pair.get("resource").asString() + " "
                        + pair.get("action").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @ParameterizedTest
    @Proves(contract = "registry", lines = 212)
    @ValueSource(ints = {1, 2, 3, 4, 5})
    void what_a_role_is_told_is_what_it_may(int role) {
        CurrentApi.Project project = api.newProject(false);
        CurrentApi.User user = api.newUser();
        api.join(project, user, role);
        Distribution.pushImage(api.admin(), project.name() + "/app", "v1");
        Map<String, Probe> probes = probes(project);

        Set<String> told = told(user.client(), project);
        Set<String> may = new TreeSet<>();
        probes.forEach((permission, probe) -> {
            if (probe.test(user.client())) {
                may.add(permission);
            }
        });

        // Tried last, as it ends what the others are tried on.
        String retention = API + "/retentions/"
                + api.admin().get(project.path() + "/metadatas/retention_id").string("retention_id");
        if (call("DELETE", retention, "").test(user.client())) {
            may.add("tag-retention delete");
        }
        assertThat(may).isEqualTo(told);
    }

    @Test
    @Proves(contract = "registry", lines = 212)
    void a_robot_that_is_granted_all_that_can_be_granted_may_all_of_it_and_nothing_else() {
        CurrentApi.Project project = api.newProject(false);
        Distribution.pushImage(api.admin(), project.name() + "/app", "v1");
        JsonNode grantable = api.admin().get(API + "/permissions").expect(200).json();
        Reply made = api.admin()
                .post(API + "/robots", """
                {"name": "%s", "level": "system", "duration": -1, "permissions": [
                 {"kind": "project", "namespace": "%s", "access": %s}, {"kind": "system", "namespace": "/", "access": %s}]}""".formatted(
                        CurrentApi.fresh("all"), project.name(), grantable.get("project"), grantable.get("system")))
                .expect(201);
        Client robot = api.basic(made.string("name"), made.string("secret"));
        Map<String, Probe> probes = probes(project);

        Set<String> may = new TreeSet<>();
        probes.forEach((permission, probe) -> {
            if (probe.test(robot)) {
                may.add(permission);
            }
        });
        Set<String> expected = names(grantable.get("project"));
        assertThat(told(robot, project)).isEqualTo(expected);
        expected.retainAll(probes.keySet());
        assertThat(may).isEqualTo(expected).doesNotContain("robot update");

        Reply system =
                robot.get(API + "/users/current/permissions?relative=true").expect(200);
        assertThat(names(system.json())).isEqualTo(names(grantable.get("system")));
        for (String path : List.of(
                "/users",
                "/registries",
                "/quotas",
                "/audit-logs",
                "/system/gc",
                "/system/purgeaudit",
                "/systeminfo/volumes",
                "/robots")) {
            robot.get(API + path).expect(200);
            api.admin().get(API + path).expect(200);
        }
        error(robot.get(API + "/configurations"), 403, "FORBIDDEN");
        api.admin().get(API + "/configurations").expect(200);
    }

    private static Set<String> names(JsonNode pairs) {
        return pairs.valueStream()
                .map(pair -> pair.get("resource").asString() + " "
                        + pair.get("action").asString())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    @Test
    void everybody_may_read_what_is_public() {
        CurrentApi.Project project = api.newProject(true);
        Distribution.pushImage(api.admin(), project.name() + "/app", "v1");
        Client stranger = api.newUser().client();
        Map<String, Probe> probes = probes(project);

        Set<String> told = told(stranger, project);
        told.retainAll(probes.keySet());
        Set<String> may = new TreeSet<>();
        probes.forEach((permission, probe) -> {
            if (probe.test(stranger)) {
                may.add(permission);
            }
        });
        assertThat(may).isEqualTo(told).contains("repository pull").doesNotContain("repository push");
    }

    @Test
    void scopes_are_told_apart() {
        Client admin = api.admin();
        Client user = api.newUser().client();

        assertThat(user.get(API + "/users/current/permissions").expect(200).text())
                .isEqualTo("[]");
        assertThat(admin.get(API + "/users/current/permissions?scope=/system")
                        .expect(200)
                        .text())
                .contains("{\"action\":\"update\",\"resource\":\"/system/configuration\"}");
        error(user.get(API + "/users/current/permissions?scope=/project/424242"), 403, "FORBIDDEN");
        error(admin.get(API + "/users/current/permissions?scope=x"), 400, "BAD_REQUEST");
        error(api.anonymous().get(API + "/users/current/permissions"), 401, "UNAUTHORIZED");
        Reply grantable = admin.get(API + "/permissions").expect(200);
        assertThat(grantable.text())
                .contains("{\"action\":\"push\",\"resource\":\"repository\"}")
                .doesNotContain("\"action\":\"update\",\"resource\":\"configuration\"");
        assertThat(grantable.json().propertyNames()).containsExactly("project", "system");
    }
}
