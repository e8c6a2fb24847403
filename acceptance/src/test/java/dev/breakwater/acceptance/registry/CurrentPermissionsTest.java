package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.CurrentApi.API;
import static dev.breakwater.acceptance.registry.CurrentApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

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

        told.retainAll(probes.keySet());
        assertThat(may).isEqualTo(told);
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
