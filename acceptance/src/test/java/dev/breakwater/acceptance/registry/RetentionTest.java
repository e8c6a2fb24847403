package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What projects keep of their artifacts. */
@WithServer
class RetentionTest {

    private static final String RULE = """
            {"disabled": false, "action": "retain", "template": "latestPushedK", "params": {"latestPushedK": 2},
             "tag_selectors": [{"kind": "doublestar", "decoration": "matches", "pattern": "**"}],
             "scope_selectors": {"repository": [{"kind": "doublestar", "decoration": "repoMatches", "pattern": "**"}]}}""";

    private final TestServer server;
    private final Distribution registry;
    private final Client admin;

    RetentionTest(TestServer server) {
        this.server = server;
        registry = new Distribution(server);
        admin = registry.admin();
    }

    private long project(String repository) {
        return admin.get("/api/v2.0/projects/" + repository.substring(0, repository.indexOf('/')))
                .expect(200)
                .json()
                .get("project_id")
                .asLong();
    }

    private static String policy(long project, String cron, String rules) {
        return """
                {"algorithm": "or", "scope": {"level": "project", "ref": %d},
                 "trigger": {"kind": "Schedule", "settings": {"cron": %s}, "references": {}}, "rules": [%s]}""".formatted(project, cron, rules);
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {174})
    void a_dry_run_lists_what_the_real_run_deletes_and_immutable_tags_stay() {
        String repository = registry.newRepository();
        for (int number = 1; number <= 5; number++) {
            Distribution.pushImage(admin, repository, "v" + number);
            server.advance(Duration.ofSeconds(1));
        }
        String location = admin.post("/api/v2.0/retentions", policy(project(repository), "\"\"", RULE))
                .expect(201)
                .header("Location")
                .orElseThrow();

        String dry = execute(location, true);
        assertThat(deleted(dry)).containsExactly("v1", "v2", "v3");
        assertThat(tags(repository)).hasSize(5);

        String project = repository.substring(0, repository.indexOf('/'));
        admin.post(
                        "/api/v2.0/projects/" + project + "/immutabletagrules",
                        ImmutableTagsTest.RULE.formatted("", false, "v2"))
                .expect(201);
        assertThat(deleted(execute(location, true))).containsExactly("v1", "v3");
        assertThat(deleted(execute(location, false))).containsExactly("v1", "v3");
        assertThat(tags(repository)).containsExactly("v2", "v4", "v5");

        String second = registry.newRepository();
        for (int number = 1; number <= 5; number++) {
            Distribution.pushImage(admin, second, "v" + number);
            server.advance(Duration.ofSeconds(1));
        }
        String plain = admin.post("/api/v2.0/retentions", policy(project(second), "\"\"", RULE))
                .expect(201)
                .header("Location")
                .orElseThrow();
        assertThat(deleted(execute(plain, true))).containsExactly("v1", "v2", "v3");
        assertThat(deleted(execute(plain, false))).containsExactly("v1", "v2", "v3");
        assertThat(tags(second)).containsExactly("v4", "v5");
    }

    private List<String> tags(String repository) {
        return admin.get("/v2/" + repository + "/tags/list")
                .expect(200)
                .json()
                .get("tags")
                .valueStream()
                .map(JsonNode::asString)
                .toList();
    }

    /** Carries a policy out to its end, and gives the log of its only task. */
    private String execute(String policy, boolean dryRun) {
        String execution = admin.post(policy + "/executions", "{\"dry_run\": %b}".formatted(dryRun))
                .expect(201)
                .header("Location")
                .orElseThrow();
        String id = execution.substring(execution.lastIndexOf('/') + 1);
        Await.until(
                "it ends",
                () -> admin.get(policy + "/executions")
                        .expect(200)
                        .json()
                        .valueStream()
                        .anyMatch(each -> each.get("id").asString().equals(id)
                                && each.get("status").asString().equals("Succeed")));
        JsonNode task = admin.get(execution + "/tasks").expect(200).json().get(0);
        assertThat(task.get("status").asString()).isEqualTo("Success");
        return admin.get(execution + "/tasks/" + task.get("id").asLong())
                .expect(200)
                .text();
    }

    private static List<String> deleted(String log) {
        return log.lines()
                .filter(line -> line.contains(" DELETE "))
                .map(line -> line.substring(line.lastIndexOf(' ') + 1))
                .toList();
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {204})
    void a_project_has_one_policy_of_at_most_fifteen_rules_and_names_it() {
        String repository = registry.newRepository();
        long project = project(repository);
        String sixteen = IntStream.range(0, 16).mapToObj(any -> RULE).collect(Collectors.joining(", "));
        CurrentApi.error(admin.post("/api/v2.0/retentions", policy(project, "\"\"", sixteen)), 400, "BAD_REQUEST");
        assertThat(CurrentApi.error(admin.post("/api/v2.0/retentions", policy(project, "5", RULE)), 400, "BAD_REQUEST"))
                .isEqualTo("invalid cron type for scheduled tag retention: must be a string");

        String fifteen = IntStream.range(0, 15).mapToObj(any -> RULE).collect(Collectors.joining(", "));
        Reply made = admin.post("/api/v2.0/retentions", policy(project, "\"0 0 0 * * *\"", fifteen))
                .expect(201);
        long id = CurrentApi.id(made);
        assertThat(made.header("Location")).contains("/api/v2.0/retentions/" + id);
        CurrentApi.error(admin.post("/api/v2.0/retentions", policy(project, "\"\"", RULE)), 400, "BAD_REQUEST");
        assertThat(admin.get("/api/v2.0/projects/" + project)
                        .expect(200)
                        .json()
                        .at("/metadata/retention_id")
                        .asString())
                .isEqualTo(Long.toString(id));
        JsonNode read = admin.get("/api/v2.0/retentions/" + id).expect(200).json();
        assertThat(read.at("/trigger/settings/cron").asString()).isEqualTo("0 0 0 * * *");
        assertThat(read.get("rules").size()).isEqualTo(15);

        admin.put("/api/v2.0/retentions/" + id, policy(project, "\"\"", RULE)).expect(200);
        assertThat(admin.get("/api/v2.0/retentions/" + id)
                        .expect(200)
                        .json()
                        .get("rules")
                        .size())
                .isEqualTo(1);
        admin.delete("/api/v2.0/retentions/" + id).expect(200);
        admin.get("/api/v2.0/retentions/" + id).expect(404);
        assertThat(admin.get("/api/v2.0/projects/" + project)
                        .expect(200)
                        .json()
                        .at("/metadata/retention_id")
                        .isMissingNode())
                .isTrue();
        assertThat(admin.get("/api/v2.0/retentions/metadatas")
                        .expect(200)
                        .json()
                        .get("templates")
                        .size())
                .isEqualTo(7);
    }
}
