package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Signatures;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.server.command.Program;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import tools.jackson.databind.JsonNode;

/** events.md 11: the command that forwards to a local program. */
@WithServer
class ForwardTest {

    private final TestServer server;
    private final Organization acme;
    private final Receiver local;
    private final StringWriter output = new StringWriter();
    private Thread command = Thread.ofVirtual().unstarted(() -> {});

    ForwardTest(TestServer server, Organization acme, Receiver local) {
        this.server = server;
        this.acme = acme;
        this.local = local;
    }

    @BeforeEach
    void start() {
        CommandLine program = Program.commandLine();
        program.setOut(new PrintWriter(output, true));
        program.setErr(new PrintWriter(output, true));
        command = Thread.ofVirtual()
                .start(() -> program.execute(
                        "events",
                        "forward",
                        "--to",
                        local.url(),
                        "--events",
                        "order.*",
                        "--workspace",
                        acme.workspace(),
                        "--key",
                        acme.sandboxKey(),
                        "--url",
                        server.url().toString()));
        Await.until("the forwarder is connected", () -> output.toString().contains("Signing secret"));
    }

    @AfterEach
    void stop() throws InterruptedException {
        command.interrupt();
        command.join();
    }

    @Test
    void the_local_program_gets_the_delivery_as_an_https_endpoint_would() {
        String event = acme.post("order.shipped");
        acme.post("invoice.paid");

        Receiver.Delivery delivery = local.next();
        assertThat(delivery.eventId()).isEqualTo(event);
        assertThat(delivery.header("Harbor-Delivery-Id")).isEqualTo(delivery.id());
        assertThat(Signatures.verify(delivery, secret())).isTrue();
        acme.delivery(delivery.id(), "delivered");
        assertThat(local.received()).hasSize(1);
        Await.until(
                "the delivery is printed", () -> output.toString().contains(delivery.id() + "  order.shipped  200"));
    }

    @Test
    void what_the_local_program_answers_is_the_result_of_the_attempt() {
        local.answering(Receiver.Response.of(400, "Invalid signature").with("X-Local", "yes"));
        String event = acme.post("order.shipped");

        JsonNode attempt =
                acme.attempted(acme.deliveryOf(event), 1).get("attempts").get(0);

        assertThat(attempt.get("response_status").asInt()).isEqualTo(400);
        assertThat(attempt.get("response_headers").get("x-local").asString()).isEqualTo("yes");
        assertThat(attempt.get("error_code").asString()).isEqualTo("webhook_signature_invalid");
    }

    @Test
    void a_local_program_that_is_away_is_a_failed_connection() throws Exception {
        local.close();
        String event = acme.post("order.shipped");

        JsonNode attempt =
                acme.attempted(acme.deliveryOf(event), 1).get("attempts").get(0);

        assertThat(attempt.get("error_code").asString()).isEqualTo("connection_failed");
    }

    @Test
    void the_temporary_webhook_ends_with_the_server_and_comes_back_with_it() {
        List<String> before = webhooks();
        server.restart();

        assertThat(before).hasSize(1);
        List<String> after =
                Await.value("no webhook is left", () -> Optional.of(webhooks()).filter(List::isEmpty));
        assertThat(after).isEmpty();
    }

    private List<String> webhooks() {
        return acme.sandbox()
                .get("/v1/webhooks?workspace_id=" + acme.workspace())
                .expect(200)
                .ids();
    }

    private String secret() {
        Matcher secret = Pattern.compile("whsec_\\S+").matcher(output.toString());
        assertThat(secret.find()).isTrue();
        return secret.group();
    }
}
