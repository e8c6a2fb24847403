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

/** notation with a certificate of its own. */
@WithServer
class NotationTest {

    private final RegistryHost registry;
    private final Tool notation;

    NotationTest(TestServer server, @TempDir Path folder) throws IOException {
        registry = new RegistryHost(server, folder);
        notation = registry.client("notation")
                .in(folder)
                .env("NOTATION_USERNAME", RegistryHost.USER)
                .env("NOTATION_PASSWORD", RegistryHost.PASSWORD);
        notation.run("cert", "generate-test", "--default", "pier.example");
        Files.writeString(folder.resolve("policy.json"), """
                {
                  "version": "1.0",
                  "trustPolicies": [
                    {
                      "name": "pier",
                      "registryScopes": ["*"],
                      "signatureVerification": {"level": "strict"},
                      "trustStores": ["ca:pier.example"],
                      "trustedIdentities": ["*"]
                    }
                  ]
                }
                """);
        notation.run("policy", "import", "policy.json");
    }

    @Test
    @Proves(contract = "registry", lines = 163)
    void an_image_is_signed_and_the_signature_verified() {
        String signed = registry.push("notary", Layer.noise("n", 1_000, 1));
        String unsigned = registry.push("unnotary", Layer.noise("n", 1_000, 2));

        notation.run("sign", "--insecure-registry", signed);

        assertThat(notation.run("verify", "--insecure-registry", signed).text())
                .contains("Successfully verified signature");
        assertThat(notation.run("ls", "--insecure-registry", signed).text())
                .contains("application/vnd.cncf.notary.signature");
        assertThat(registry.accessories("notary", signed)).containsExactly("signature.notation");
        Outcome refused = notation.attempt("verify", "--insecure-registry", unsigned);
        assertThat(refused.exit()).isNotZero();
        assertThat(refused.errors()).contains("no signature is associated");
    }
}
