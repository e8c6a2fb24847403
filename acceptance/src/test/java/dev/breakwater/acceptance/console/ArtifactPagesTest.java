package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** One artifact: what it is made of, its tags, what belongs to it, and deleting it. */
@WithServer
class ArtifactPagesTest {

    private static final String AMD64 = "{\"architecture\":\"amd64\",\"os\":\"linux\"}";

    private final TestServer server;
    private final Registered shelf;
    private Visitor visitor;

    ArtifactPagesTest(TestServer server) {
        this.server = server;
        shelf = Registered.in(server);
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.administrator(server);
    }

    private String path(Registered.Pushed artifact) {
        return shelf.repository("app@" + artifact.digest());
    }

    private Reply page(Registered.Pushed artifact) {
        return visitor.get(path(artifact)).expect(200);
    }

    @Test
    void an_image_shows_its_steps_beside_their_layers_and_how_it_is_run() {
        Registered.Pushed image = shelf.image("app", "v1", """
                {"architecture":"arm64","variant":"v8","os":"linux","created":"2026-01-02T03:04:05Z","author":"Ada",
                 "config":{"User":"node","WorkingDir":"/app","Entrypoint":["node","server.js"],"Cmd":["--port","8080"],
                   "Env":["PATH=/bin","NAME=<script>alert(1)</script>"],"ExposedPorts":{"8080/tcp":{}},
                   "Volumes":{"/data":{}},"Labels":{"maintainer\\"><b>":"<i>me</i>"}},
                 "history":[
                   {"created_by":"/bin/sh -c #(nop) ADD file:1 in / "},
                   {"created_by":"ENV A=b","empty_layer":true},
                   {"created_by":"RUN /bin/sh -c make <all> # buildkit"}]}""", "ground", "program");

        Reply page = page(image);

        assertThat(page.text())
                .contains("image for linux/arm64/v8")
                .containsPattern("(?s)<code>ADD file:1 in /</code>.{0,120}" + brief("ground"))
                .containsPattern("(?s)<tr class=\"idle\">\\s*<td data-label=\"Step\"><code>ENV A=b</code>")
                .containsPattern("(?s)<code>RUN make &lt;all&gt;</code>.{0,120}" + brief("program"))
                .contains("2026-01-02T03:04:05Z by Ada")
                .contains("<code class=\"chip\">server.js</code>")
                .contains("<code class=\"chip\">8080/tcp</code>")
                .contains("<code class=\"chip\">/data</code>")
                .contains("<code>PATH=/bin</code>")
                .contains("NAME=&lt;script&gt;")
                .contains("=&lt;i&gt;me&lt;/i&gt;")
                .doesNotContain("<script>alert")
                .doesNotContain("<i>me")
                .doesNotContain("\"><b>");
    }

    private static String brief(String layer) {
        return Registered.digest(layer.getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .substring(0, 19);
    }

    @Test
    void an_image_whose_configuration_cannot_be_read_shows_its_layers() {
        Registered.Pushed image = shelf.image("app", "v1", "no JSON", "ground", "program");

        assertThat(page(image).text())
                .contains("<h2 id=\"layers\">Layers</h2>")
                .contains(brief("ground"))
                .contains(brief("program"))
                .contains(Registered.LAYER)
                .doesNotContain("Configuration</h2>");
    }

    @Test
    void an_index_leads_to_its_platforms_and_they_lead_back() {
        Registered.Pushed amd64 = shelf.image("app", "", AMD64, "ground");
        Registered.Pushed proof = shelf.image("app", "", "{}", "proof");
        Registered.Pushed index = shelf.manifest(
                "app",
                "v1",
                Registered.INDEX,
                "\"manifests\":[%s,%s],\"annotations\":{\"title\":\"<b>Shop</b>\"}"
                        .formatted(
                                amd64.descriptor(",\"platform\":{\"os\":\"linux\",\"architecture\":\"amd64\"}"),
                                proof.descriptor(",\"platform\":{\"os\":\"unknown\",\"architecture\":\"unknown\"},"
                                        + "\"annotations\":{\"vnd.docker.reference.type\":\"attestation-manifest\"}")));

        Reply page = page(index);

        assertThat(page.text())
                .contains("image for 1 platform")
                .containsPattern("(?s)linux/amd64</td>.{0,80}href=\"" + path(amd64) + "\"")
                .containsPattern("(?s)attestation</span></td>.{0,80}href=\"" + path(proof) + "\"")
                .contains("<code>title=&lt;b&gt;Shop&lt;/b&gt;</code>");
        assertThat(page(amd64).text())
                .containsPattern("(?s)<dt>Part of</dt><dd><a href=\"" + path(index) + "\"")
                .contains("reached by its digest alone");
        assertThat(visitor.get(shelf.repository("app")).text())
                .contains("1 platform</span>")
                .doesNotContain(amd64.digest());
    }

    @Test
    void signatures_and_other_attachments_are_listed_and_name_what_they_belong_to() {
        Registered.Pushed image = shelf.image("app", "v1");
        Registered.Pushed signature = shelf.referrer("app", image, "application/vnd.dev.cosign.artifact.sig.v1+json");
        Registered.Pushed notation = shelf.referrer("app", image, "application/vnd.cncf.notary.signature");
        Registered.Pushed bill = shelf.referrer("app", image, "application/spdx+json");

        Reply page = page(image);

        assertThat(page.text())
                .contains("<span class=\"pill good\">signed</span>")
                .containsPattern("(?s)Cosign signature</td>.{0,80}href=\"" + path(signature) + "\"")
                .containsPattern("(?s)Notation signature</td>.{0,80}href=\"" + path(notation) + "\"")
                .containsPattern("(?s)SBOM</td>.{0,80}href=\"" + path(bill) + "\"");
        assertThat(page(bill).text()).contains("<dt>Belongs to</dt><dd><a href=\"" + path(image) + "\"");
        assertThat(visitor.get(shelf.repository("app")).text())
                .contains("<span class=\"pill good\">signed</span>")
                .doesNotContain(bill.digest());
    }

    @Test
    void tags_are_added_and_deleted() {
        Registered.Pushed image = shelf.image("app", "v1");
        Reply page = page(image);

        Reply added = visitor.follow(visitor.submit(page, path(image) + "/tags", "tag", "stable"));

        assertThat(added.text()).contains("The tag is added.").contains("<code class=\"chip\">stable</code>");
        assertThat(visitor.submit(page, path(image) + "/tags", "tag", "stable")
                        .expect(409)
                        .text())
                .contains("The tag stable is there already.");
        assertThat(visitor.submit(page, path(image) + "/tags", "tag", "<b>")
                        .expect(400)
                        .text())
                .contains("Use up to 128 letters")
                .contains("value=\"&lt;b>\"");
        Reply deleted = visitor.follow(visitor.submit(page(image), path(image) + "/tags/delete", "tag", "stable"));
        assertThat(deleted.text()).contains("The tag is deleted.");
        assertThat(visitor.get(shelf.repository("app:stable")).status()).isEqualTo(404);
        assertThat(visitor.get(shelf.repository("app:v1")).expect(200).text()).contains(image.digest());
    }

    @Test
    void an_immutable_tag_is_marked_and_stays_with_its_artifact() {
        Registered.Pushed image = shelf.image("app", "v1");
        shelf.admin()
                .post("/api/v2.0/projects/" + shelf.project() + "/immutabletagrules", """
                        {"disabled": false, "action": "immutable", "template": "immutable_template",
                         "scope_selectors": {"repository": [{"kind": "doublestar", "decoration": "repoMatches",
                           "pattern": "**"}]},
                         "tag_selectors": [{"kind": "doublestar", "decoration": "matches", "pattern": "v*"}]}""")
                .expect(201);

        Reply page = page(image);

        assertThat(page.text())
                .contains("<span class=\"pill plain\">immutable</span>")
                .doesNotContain("action=\"" + path(image) + "/tags/delete\"");
        Reply refused = visitor.submit(page, path(image) + "/delete").expect(409);
        assertThat(refused.text()).contains("The tag v1 is immutable, so it cannot be deleted.");
        String token = "form_token=" + Visitor.hidden(page, "form_token") + "&organization=default";
        visitor.post(path(image) + "/tags/delete", token + "&tag=v1").expect(409);
        assertThat(visitor.submit(visitor.get(shelf.repository("app")), shelf.repository("app/delete"))
                        .status())
                .isIn(409, 412);
        page(image);
    }

    @Test
    void an_artifact_is_deleted_unless_an_index_names_it() {
        Registered.Pushed amd64 = shelf.image("app", "", AMD64, "ground");
        Registered.Pushed index =
                shelf.manifest("app", "v1", Registered.INDEX, "\"manifests\":[%s]".formatted(amd64.descriptor("")));

        assertThat(visitor.submit(page(amd64), path(amd64) + "/delete")
                        .expect(409)
                        .text())
                .contains("An index names this artifact. Delete the index first.");
        Reply deleted = visitor.follow(visitor.submit(page(index), path(index) + "/delete"));

        assertThat(deleted.text())
                .contains("The artifact is deleted. It can still be brought back")
                .contains("Artifact of <strong>" + shelf.project() + "/app</strong>");
        visitor.get(path(index)).expect(404);
        visitor.follow(visitor.submit(
                deleted, Visitor.found(deleted, "(?<=action=\")/projects/[^\"]+/deletions/[0-9]+/undo")));
        assertThat(page(index).text()).contains("v1");
    }

    @Test
    void the_manifest_is_set_out_for_reading() {
        Registered.Pushed image = shelf.image("app", "v1");

        assertThat(page(image).text())
                .containsPattern(
                        "(?s)<pre id=\"manifest\" tabindex=\"0\">\\{\\n  \"schemaVersion\": 2,\\n  \"mediaType\"");
    }
}
