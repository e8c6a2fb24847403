package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;

/** Tags that may neither be moved nor removed. */
@WithServer
class ImmutableTagsTest {

    static final String RULE = """
            {%s"disabled": %b, "action": "immutable", "template": "immutable_template",
             "tag_selectors": [{"kind": "doublestar", "decoration": "matches", "pattern": "%s"}],
             "scope_selectors": {"repository": [{"kind": "doublestar", "decoration": "repoMatches", "pattern": "**"}]}}""";

    private final Distribution registry;
    private final Client admin;

    ImmutableTagsTest(TestServer server) {
        registry = new Distribution(server);
        admin = registry.admin();
    }

    private static String rules(String repository) {
        return "/api/v2.0/projects/" + repository.substring(0, repository.indexOf('/')) + "/immutabletagrules";
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {157})
    void an_immutable_tag_is_neither_moved_nor_deleted() {
        String repository = registry.newRepository();
        byte[] image = Distribution.pushImage(admin, repository, "v1");
        Distribution.pushImage(admin, repository, "latest");
        admin.post(rules(repository), RULE.formatted("", false, "v*")).expect(201);
        byte[] other = Distribution.pushParts(admin, repository, "");

        Reply push = Distribution.pushManifest(admin, repository, "v1", Distribution.OCI_MANIFEST, other);
        Distribution.expectError(push, 412, "PRECONDITION");
        assertThat(push.text())
                .contains("Failed to process request due to '%s:v1' configured as immutable.".formatted(repository));
        Distribution.expectError(admin.delete("/v2/" + repository + "/manifests/v1"), 412, "PRECONDITION");
        Distribution.expectError(
                admin.delete("/v2/" + repository + "/manifests/" + Distribution.sha256(image)), 412, "PRECONDITION");
        Distribution.pushManifest(admin, repository, "v1", Distribution.OCI_MANIFEST, image)
                .expect(201);
        Distribution.pushManifest(admin, repository, "v2", Distribution.OCI_MANIFEST, other)
                .expect(201);
        admin.delete("/v2/" + repository + "/manifests/latest").expect(202);
        assertThat(admin.get("/v2/" + repository + "/manifests/v1").expect(200).body())
                .isEqualTo(image);
    }

    @Test
    @Proves(
            contract = "registry",
            lines = {203})
    void rules_are_made_changed_and_removed() {
        String repository = registry.newRepository();
        Reply made =
                admin.post(rules(repository), RULE.formatted("", false, "v*")).expect(201);
        long id = CurrentApi.id(made);
        assertThat(CurrentApi.each(admin.get(rules(repository)), "template")).containsExactly("immutable_template");

        Reply mismatch =
                admin.put(rules(repository) + "/" + id, RULE.formatted("\"id\": " + (id + 1) + ", ", true, "v*"));
        CurrentApi.error(mismatch, 400, "BAD_REQUEST");
        admin.put(rules(repository) + "/" + id, RULE.formatted("\"id\": " + id + ", ", true, "v*"))
                .expect(200);
        Distribution.pushImage(admin, repository, "v1");
        admin.delete("/v2/" + repository + "/manifests/v1").expect(202);
        admin.delete(rules(repository) + "/" + id).expect(200);
        assertThat(admin.get(rules(repository)).expect(200).text()).isEqualTo("[]");
        CurrentApi.error(admin.post(rules(repository), RULE.formatted("", false, "{v")), 400, "BAD_REQUEST");
        registry.anonymous().get(rules(repository)).expect(401);
    }
}
