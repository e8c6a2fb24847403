package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** oras, the client of artifacts that are no images. */
@WithServer
class OrasTest {

    private static final String NOTE = "text/vnd.pier.note";

    private final Path folder;
    private final RegistryHost registry;
    private final Tool oras;

    OrasTest(TestServer server, @TempDir Path folder) throws IOException {
        this.folder = folder;
        registry = new RegistryHost(server, folder);
        oras = registry.client("oras").in(folder);
        Files.writeString(folder.resolve("note.txt"), "mind the tide");
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void an_artifact_is_pushed_listed_pulled_and_deleted() throws IOException {
        login();

        String digest = push("note:1");
        oras.run("tag", "--plain-http", registry.image("note:1"), "latest");
        oras.run("pull", "--plain-http", registry.image("note:latest"), "-o", "pulled");

        assertThat(Files.readString(folder.resolve("pulled").resolve("note.txt")))
                .isEqualTo("mind the tide");
        assertThat(oras.run("repo", "tags", "--plain-http", registry.image("note"))
                        .lines())
                .containsExactly("1", "latest");
        assertThat(oras.run("repo", "ls", "--plain-http", registry.name()).lines())
                .contains("library/note");
        assertThat(oras.run("resolve", "--plain-http", registry.image("note:1")).lines())
                .containsExactly(digest);

        oras.run("manifest", "delete", "--plain-http", "--force", registry.image("note:1"));
        Outcome gone = oras.attempt("manifest", "fetch", "--plain-http", registry.image("note@" + digest));
        assertThat(gone.exit()).isNotZero();
        assertThat(gone.errors()).contains("not found");
    }

    @Test
    @Proves(contract = "registry", lines = 162)
    void what_is_attached_is_discovered_and_copied_along() {
        login();
        String subject = push("subject:1");

        oras.run(
                "attach",
                "--plain-http",
                "--artifact-type",
                "text/vnd.pier.review",
                registry.image("subject:1"),
                "note.txt:text/plain");
        oras.run(
                "attach",
                "--plain-http",
                "--artifact-type",
                "text/vnd.pier.bill",
                registry.image("subject:1"),
                "note.txt:text/plain");

        JsonNode all = discover(registry.image("subject:1"));
        assertThat(all.get("digest").asString()).isEqualTo(subject);
        assertThat(all.get("referrers")
                        .valueStream()
                        .map(referrer -> referrer.get("artifactType").asString()))
                .containsExactlyInAnyOrder("text/vnd.pier.review", "text/vnd.pier.bill");
        JsonNode bills = discover("--artifact-type", "text/vnd.pier.bill", registry.image("subject:1"));
        assertThat(bills.get("referrers").size()).isEqualTo(1);
        assertThat(oras.run("repo", "tags", "--plain-http", registry.image("subject"))
                        .lines())
                .as("no tags stand in for the referrers")
                .containsExactly("1");

        oras.run(
                "cp",
                "--recursive",
                "--from-plain-http",
                "--to-plain-http",
                registry.image("subject:1"),
                registry.image("subject-copy:1"));
        assertThat(discover(registry.image("subject-copy:1")).get("referrers").size())
                .isEqualTo(2);
    }

    @Test
    void a_deleted_referrer_is_no_longer_discovered() {
        login();
        push("left:1");
        String review = oras.run(
                        "attach",
                        "--plain-http",
                        "--artifact-type",
                        NOTE,
                        registry.image("left:1"),
                        "note.txt:text/plain",
                        "--format",
                        "json")
                .json()
                .get("digest")
                .asString();

        oras.run("manifest", "delete", "--plain-http", "--force", registry.image("left@" + review));

        assertThat(discover(registry.image("left:1")).path("referrers").size()).isZero();
    }

    @Test
    void blobs_are_pushed_fetched_and_deleted_alone() {
        login();
        String digest = oras.run("blob", "push", "--plain-http", registry.image("blobs"), "note.txt", "--descriptor")
                .json()
                .get("digest")
                .asString();
        String blob = registry.image("blobs@" + digest);

        assertThat(oras.run("blob", "fetch", "--plain-http", "--output", "-", blob)
                        .text())
                .isEqualTo("mind the tide");
        oras.run("blob", "delete", "--plain-http", "--force", blob);

        assertThat(oras.attempt("blob", "fetch", "--plain-http", "--descriptor", blob)
                        .exit())
                .isNotZero();
    }

    private String push(String target) {
        return oras.run(
                        "push",
                        "--plain-http",
                        "--artifact-type",
                        NOTE,
                        registry.image(target),
                        "note.txt:text/plain",
                        "--format",
                        "json")
                .json()
                .get("digest")
                .asString();
    }

    private JsonNode discover(String... arguments) {
        String[] all = new String[arguments.length + 4];
        all[0] = "discover";
        all[1] = "--plain-http";
        all[2] = "--format";
        all[3] = "json";
        System.arraycopy(arguments, 0, all, 4, arguments.length);
        return oras.run(all).json();
    }

    private void login() {
        oras.input(RegistryHost.PASSWORD)
                .run("login", "--plain-http", "-u", RegistryHost.USER, "--password-stdin", registry.name());
    }
}
