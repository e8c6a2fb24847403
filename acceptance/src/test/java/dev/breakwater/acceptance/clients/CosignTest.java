package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.Layer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** cosign with a pair of keys of its own and without a transparency log, as neither is on this machine. */
@WithServer
class CosignTest {

    private final RegistryHost registry;
    private final Tool cosign;
    private final Path folder;

    CosignTest(TestServer server, @TempDir Path folder) {
        this.folder = folder;
        registry = new RegistryHost(server, folder);
        cosign = registry.client("cosign").in(folder).env("COSIGN_PASSWORD", "only-for-tests");
        cosign.input(RegistryHost.PASSWORD).run("login", registry.name(), "-u", RegistryHost.USER, "--password-stdin");
        cosign.run("generate-key-pair");
        // Without a root of trust in a file, cosign asks for one on the public network.
        cosign.run("trusted-root", "create", "--out", "root.json");
    }

    @Test
    @Proves(contract = "registry", lines = 163)
    void an_image_is_signed_and_the_signature_verified() {
        String signed = registry.push("signed", Layer.noise("n", 1_000, 1));
        String unsigned = registry.push("unsigned", Layer.noise("n", 1_000, 2));

        sign(signed);

        verify(signed);
        assertThat(registry.accessories("signed", signed)).containsExactly("signature.cosign");
        Outcome refused = attemptToVerify(unsigned);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.errors()).contains("no signatures found");
    }

    @Test
    void a_signature_by_another_key_is_refused(@TempDir Path elsewhere) {
        String image = registry.push("other", Layer.noise("n", 1_000, 3));
        sign(image);
        cosign.in(elsewhere).run("generate-key-pair");

        Outcome refused = cosign.attempt(
                "verify",
                "--key",
                elsewhere.resolve("cosign.pub").toString(),
                "--insecure-ignore-tlog",
                "--trusted-root",
                root(),
                image);

        assertThat(refused.exit()).isNotZero();
    }

    @Test
    void an_attestation_is_attached_and_verified() throws IOException {
        String image = registry.push("attested", Layer.noise("n", 1_000, 4));
        Files.writeString(folder.resolve("predicate.json"), "{\"tide\": \"low\"}");

        cosign.run(
                "attest",
                "--yes",
                "--key",
                "cosign.key",
                "--tlog-upload=false",
                "--type",
                "custom",
                "--predicate",
                "predicate.json",
                image);

        cosign.run(
                "verify-attestation",
                "--key",
                "cosign.pub",
                "--insecure-ignore-tlog",
                "--trusted-root",
                root(),
                "--type",
                "custom",
                image);
        assertThat(cosign.run("tree", image).text()).contains("Attestations");
    }

    @Test
    @Proves(contract = "registry", lines = 163)
    void a_signature_is_kept_as_a_referrer_when_asked_to() {
        String image = registry.push("referred", Layer.noise("n", 1_000, 5));
        Tool modern = cosign.env("COSIGN_EXPERIMENTAL", "1");

        modern.run(
                "sign",
                "--yes",
                "--key",
                "cosign.key",
                "--tlog-upload=false",
                "--registry-referrers-mode=oci-1-1",
                image);

        modern.run(
                "verify",
                "--key",
                "cosign.pub",
                "--insecure-ignore-tlog",
                "--trusted-root",
                root(),
                "--experimental-oci11",
                image);
        assertThat(registry.accessories("referred", image)).containsExactly("signature.cosign");
    }

    private String root() {
        return folder.resolve("root.json").toString();
    }

    private void sign(String image) {
        cosign.run("sign", "--yes", "--key", "cosign.key", "--tlog-upload=false", image);
    }

    private void verify(String image) {
        Outcome verified = attemptToVerify(image);
        assertThat(verified.exit()).as(verified.all()).isZero();
        assertThat(verified.text()).contains("cosign container image signature");
    }

    private Outcome attemptToVerify(String image) {
        return cosign.attempt(
                "verify", "--key", "cosign.pub", "--insecure-ignore-tlog", "--trusted-root", root(), image);
    }
}
