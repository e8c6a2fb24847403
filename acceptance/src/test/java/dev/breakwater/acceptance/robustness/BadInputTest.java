package dev.breakwater.acceptance.robustness;

import static dev.breakwater.acceptance.harness.Organization.event;
import static dev.breakwater.acceptance.harness.RawConnection.head;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.RawConnection;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What hostile or broken senders send gets its error and harms nobody else. */
@WithServer
class BadInputTest {

    private final TestServer server;
    private final Organization acme;

    BadInputTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    @AfterEach
    void everything_works_as_before() {
        String event = acme.post("after.all");
        assertThat(acme.sandbox().get("/v1/events/" + event).expect(200).string("type"))
                .isEqualTo("after.all");
        server.client().get("/health/ready").expect(200);
    }

    private String authorization() {
        return "Authorization: Bearer " + acme.sandboxKey();
    }

    private RawConnection connect() throws IOException {
        return RawConnection.to(server.url());
    }

    private List<String> events() {
        return acme.sandbox()
                .get("/v1/events?workspace_id=" + acme.workspace())
                .expect(200)
                .ids();
    }

    @Test
    void bytes_that_are_no_utf8_are_refused() {
        Client program = acme.sandbox();
        for (byte[] wrong : new byte[][] {
            {(byte) 0xc3, 0x28}, {(byte) 0xc0, (byte) 0xaf}, {(byte) 0xed, (byte) 0xa0, (byte) 0x80},
            {(byte) 0xff}, {(byte) 0xf8, (byte) 0x88, (byte) 0x80, (byte) 0x80, (byte) 0x80}, {0}
        }) {
            ByteArrayOutputStream body = new ByteArrayOutputStream();
            String[] halves =
                    event(acme.workspace(), "order.shipped", "{\"note\":\"X\"}").split("X", -1);
            body.writeBytes(halves[0].getBytes(StandardCharsets.UTF_8));
            body.writeBytes(wrong);
            body.writeBytes(halves[1].getBytes(StandardCharsets.UTF_8));

            program.send("POST", "/v1/events", body.toByteArray()).expectError(400, "invalid_request");
        }
        byte[] utf16 = event(acme.workspace(), "order.shipped", "{}").getBytes(StandardCharsets.UTF_16);
        program.send("POST", "/v1/events", utf16).expectError(400, "invalid_request");
        assertThat(events()).isEmpty();
    }

    @Test
    void members_that_appear_twice_are_refused_at_any_depth() {
        for (String payload :
                List.of("{\"a\":1,\"a\":2}", "{\"b\":{\"a\":1,\"a\":1}}", "{\"c\":[{\"a\":1,\"\\u0061\":2}]}")) {
            acme.sandbox()
                    .post("/v1/events", event(acme.workspace(), "order.shipped", payload))
                    .expectError(400, "invalid_request");
        }
        assertThat(events()).isEmpty();
    }

    @Test
    void nesting_is_bounded() {
        for (String bomb : List.of(
                "[".repeat(10_000) + "]".repeat(10_000),
                "{\"a\":".repeat(10_000) + "1" + "}".repeat(10_000),
                "[".repeat(100_000))) {
            acme.sandbox()
                    .post("/v1/events", event(acme.workspace(), "order.shipped", "{\"a\":" + bomb + "}"))
                    .expectError(400, "invalid_request");
            acme.sandbox().post("/v1/events", bomb).expectError(400, "invalid_request");
            acme.sandbox().post("/v1/webhooks", "{\"events\":" + bomb + "}").expectError(400, "invalid_request");
        }
        String deepest = "{\"a\":".repeat(63) + "{}" + "}".repeat(63);
        acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "order.shipped", deepest))
                .expect(201);
        acme.sandbox()
                .post("/v1/events", event(acme.workspace(), "order.shipped", "{\"a\":" + deepest + "}"))
                .expectError(400, "invalid_request");
    }

    @Test
    void a_body_of_600_kb_is_refused_before_it_is_read() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(head(
                    "POST /v1/events HTTP/1.1",
                    "Host: localhost",
                    authorization(),
                    "Content-Type: application/json",
                    "Content-Length: 614400"));

            assertThat(connection.readStatus()).isEqualTo(413);
        }
    }

    @Test
    void a_body_that_hides_its_size_is_refused_when_it_has_grown_too_large() throws IOException {
        try (RawConnection connection = connect()) {
            connection.send(head(
                    "POST /v1/events HTTP/1.1",
                    "Host: localhost",
                    authorization(),
                    "Content-Type: application/json",
                    "Transfer-Encoding: chunked"));
            String chunk = "2000\r\n" + " ".repeat(0x2000) + "\r\n";
            for (int i = 0; i < 75; i++) {
                connection.send(chunk);
            }
            connection.send("0\r\n\r\n");

            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 413");
        }
    }

    @Test
    void senders_of_a_byte_a_second_hold_up_nobody_and_are_ended() throws Exception {
        try (ScheduledExecutorService drip = Executors.newScheduledThreadPool(1)) {
            List<RawConnection> slow = new ArrayList<>();
            List<ScheduledFuture<?>> drops = new ArrayList<>();
            for (int i = 0; i < 100; i++) {
                RawConnection connection = connect();
                slow.add(connection);
                connection.send(head(
                        "POST /v1/events HTTP/1.1",
                        "Host: localhost",
                        authorization(),
                        "Content-Type: application/json",
                        "Content-Length: 1000"));
                drops.add(drip.scheduleAtFixedRate(() -> drop(connection), 0, 1, TimeUnit.SECONDS));
            }
            for (int i = 0; i < 200; i++) {
                acme.post("order.shipped");
            }
            for (RawConnection connection : slow) {
                assertThat(connection.readStatus()).isEqualTo(408);
                connection.close();
            }
            drops.forEach(each -> each.cancel(false));
        }
    }

    private static void drop(RawConnection connection) {
        try {
            connection.send(" ");
        } catch (IOException e) {
            // The server has ended the connection; whoever reads from it will see how.
        }
    }

    @Test
    void a_sender_that_goes_in_the_middle_leaves_nothing() throws IOException {
        String body = event(acme.workspace(), "order.shipped", "{}");
        String head = head(
                "POST /v1/events HTTP/1.1",
                "Host: localhost",
                authorization(),
                "Content-Type: application/json",
                "Content-Length: " + body.length());
        for (int cut : List.of(1, body.length() / 2, body.length() - 1)) {
            try (RawConnection connection = connect()) {
                connection.send(head + body.substring(0, cut)).halfClose();
                assertThat(connection.readToEnd()).doesNotContain(" 201 ").doesNotContain(" 500 ");
            }
            try (RawConnection connection = connect()) {
                connection.send(head.substring(0, head.length() - cut));
            }
        }
        assertThat(events()).isEmpty();
    }

    @Test
    void a_sender_that_only_stops_sending_gets_its_answer() throws IOException {
        String body = event(acme.workspace(), "order.shipped", "{}");
        try (RawConnection connection = connect()) {
            connection
                    .send(head(
                                    "POST /v1/events HTTP/1.1",
                                    "Host: localhost",
                                    authorization(),
                                    "Content-Type: application/json",
                                    "Content-Length: " + body.length())
                            + body)
                    .halfClose();

            assertThat(connection.readToEnd()).startsWith("HTTP/1.1 201");
        }
        assertThat(events()).hasSize(1);
    }

    @Test
    void header_floods_are_refused() throws IOException {
        StringBuilder many = new StringBuilder("GET /v1/events HTTP/1.1\r\nHost: localhost\r\n");
        for (int i = 0; i < 5_000; i++) {
            many.append("X-Header-").append(i).append(": ").append(i).append("\r\n");
        }
        String large = "GET /v1/events HTTP/1.1\r\nHost: localhost\r\nX-Large: " + "a".repeat(200_000);
        String line = "GET /v1/" + "e".repeat(200_000) + " HTTP/1.1\r\nHost: localhost";
        for (String flood : List.of(many.toString(), large + "\r\n", line + "\r\n")) {
            try (RawConnection connection = connect()) {
                try {
                    connection.send(flood + "\r\n");
                } catch (IOException e) {
                    // The server has hung up already.
                }
                String answer = connection.readToEnd();
                assertThat(answer.isEmpty() || answer.matches("(?s)HTTP/1\\.1 4\\d\\d.*"))
                        .isTrue();
            }
        }
    }

    @Test
    void what_is_no_http_is_refused_in_the_contracts_words() throws IOException {
        for (String nonsense : List.of(
                "\r\n\r\n\r\n",
                "GET\r\n\r\n",
                "GET-1nts?limit=1 HTTP/1.1\r\nHost: a\r\n\r\n",
                "POST /v1/webhooks HTTP/1.1\r\nHost: a\r\n" + authorization()
                        + "\r\nContent-Type: application/json\r\nContent-Length: -1126\r\n\r\n{}",
                "GET /v1/events HTTP/9.9\r\nHost: a\r\n\r\n",
                "GET /v1/events HTTP/1.1\r\nHost localhost\r\n\r\n",
                "POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
                "POST /v1/events HTTP/1.1\r\nHost: a\r\nContent-Length: 99999999999999999999\r\n\r\n",
                "POST /v1/events HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n\r\n",
                "GET /v1/events?%zz HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v1/events/%ff%fe HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v1/../admin HTTP/1.1\r\nHost: a\r\n\r\n",
                "GET /v1/events/\u0000 HTTP/1.1\r\nHost: a\r\n\r\n",
                "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")) {
            try (RawConnection connection = connect()) {
                String answer = connection.send(nonsense).halfClose().readToEnd();
                assertThat(answer.isEmpty() || answer.matches("(?s)HTTP/1\\.1 (4\\d\\d|505).*"))
                        .as("%s is answered %s", nonsense, answer)
                        .isTrue();
            }
        }
    }

    @Test
    void a_body_whose_end_two_readers_could_see_elsewhere_is_refused_with_its_connection() throws IOException {
        String hidden = head("GET /healthz HTTP/1.1", "Host: localhost");
        for (String length : List.of(
                "Content-Length: 0\r\nContent-Length: " + hidden.length(),
                "Content-Length: 0, " + hidden.length(),
                "Content-Length: +" + hidden.length(),
                "Content-Length: " + hidden.length() + "\r\nTransfer-Encoding: chunked",
                "Transfer-Encoding: Chunked",
                "Transfer-Encoding: gzip, chunked",
                "Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked")) {
            for (String path : List.of("/v1/events", "/v2/library/a/blobs/uploads/", "/api/projects", "/nothing")) {
                try (RawConnection connection = connect()) {
                    String answers = connection
                            .send(head("POST " + path + " HTTP/1.1", "Host: localhost", length) + hidden)
                            .readToEnd();

                    assertThat(answers).as(length).startsWith("HTTP/1.1 400");
                    assertThat(answers).as(length).containsOnlyOnce("HTTP/1.1 ");
                }
            }
        }
    }

    @Test
    void what_follows_a_broken_chunk_is_no_request() throws IOException {
        for (String chunk : List.of("1;name=value", "zz", "-1", "1 1", "123456789abcdef01")) {
            try (RawConnection connection = connect()) {
                String answers = connection
                        .send(head(
                                        "POST /v1/events HTTP/1.1",
                                        "Host: localhost",
                                        authorization(),
                                        "Content-Type: application/json",
                                        "Transfer-Encoding: chunked")
                                + chunk + "\r\n{\r\n0\r\n\r\n" + head("GET /healthz HTTP/1.1", "Host: localhost"))
                        .readToEnd();

                assertThat(answers).as(chunk).startsWith("HTTP/1.1 400").containsOnlyOnce("HTTP/1.1 ");
            }
        }
    }

    @Test
    void what_follows_a_refused_body_is_no_request() throws IOException {
        try (RawConnection connection = connect()) {
            String answers = connection
                    .send(head("POST /v1/events HTTP/1.1", "Host: localhost", authorization(), "Content-Length: 614400")
                            + head("GET /healthz HTTP/1.1", "Host: localhost"))
                    .halfClose()
                    .readToEnd();

            assertThat(answers).startsWith("HTTP/1.1 413").containsOnlyOnce("HTTP/1.1 ");
        }
    }

    @Test
    void a_body_that_was_announced_and_not_wanted_is_no_request() throws IOException {
        String hidden = head("GET /healthz HTTP/1.1", "Host: localhost");
        try (RawConnection connection = connect()) {
            String answers = connection
                    .send(head(
                                    "POST /v2/library/a/blobs/uploads/ HTTP/1.1",
                                    "Host: localhost",
                                    "Expect: 100-continue",
                                    "Content-Length: " + hidden.length())
                            + hidden)
                    .readToEnd();

            assertThat(answers).startsWith("HTTP/1.1 401").containsOnlyOnce("HTTP/1.1 ");
        }
        String body = event(acme.workspace(), "order.shipped", "{}");
        try (RawConnection connection = connect()) {
            String answers = connection
                    .send(head(
                                    "POST /v1/events HTTP/1.1",
                                    "Host: localhost",
                                    authorization(),
                                    "Content-Type: application/json",
                                    "Expect: 100-continue",
                                    "Content-Length: " + body.length())
                            + body
                            + head("GET /healthz HTTP/1.1", "Host: localhost", "Connection: close"))
                    .readToEnd();

            assertThat(answers)
                    .startsWith("HTTP/1.1 100")
                    .contains("HTTP/1.1 201", "HTTP/1.1 200")
                    .doesNotContain("HTTP/1.1 4");
        }
    }

    @Test
    void a_caller_that_wants_the_connection_to_end_need_not_wait() throws IOException {
        for (String wish : List.of("close", "Close", "TE, close")) {
            for (String request : List.of("GET /healthz", "GET /v2/", "POST /login", "GET /")) {
                try (RawConnection connection = connect()) {
                    String answers = connection
                            .send(head(request + " HTTP/1.1", "Host: localhost", "Connection: " + wish))
                            .readToEnd();

                    assertThat(answers).contains("Connection: close").containsOnlyOnce("HTTP/1.1 ");
                }
            }
        }
    }

    @Test
    void who_speaks_another_protocol_is_told_so() throws IOException {
        byte[] hello = new byte[512];
        hello[0] = 0x16;
        hello[1] = 3;
        hello[2] = 1;
        hello[3] = 1;
        try (RawConnection connection = connect()) {
            assertThat(connection.send(hello).readToEnd())
                    .startsWith("HTTP/1.1 400 Bad Request")
                    .contains("plain HTTP");
        }
        for (String version : List.of("HTTP/1.0", "HTTP/2.0", "HTTP/9.9")) {
            try (RawConnection connection = connect()) {
                assertThat(connection
                                .send(head("GET /v2/ " + version, "Host: localhost"))
                                .readToEnd())
                        .startsWith("HTTP/1.1 505 HTTP Version Not Supported")
                        .contains("proxy_http_version 1.1");
            }
        }
    }

    @Test
    void an_unknown_host_is_as_good_as_any() {
        acme.sandbox()
                .host("unknown.example")
                .get("/v1/workspaces/" + acme.workspace())
                .expect(200);
        acme.sandbox()
                .host("xn--mnchen-3ya.example:8080")
                .get("/v1/workspaces/" + acme.workspace())
                .expect(200);
    }

    @Test
    void a_path_that_is_none_is_named() {
        assertThat(acme.sandbox().get("/v1/nothing").expectError(404, "resource_not_found"))
                .isEqualTo("No route found for GET /v1/nothing.");
        acme.sandbox().get("/v1/events/a/b").expectError(404, "resource_not_found");
        acme.sandbox().get("/v1/events/").expectError(404, "resource_not_found");
        acme.sandbox().send("PUT", "/v1/events").expectError(405, "invalid_request");
        acme.sandbox().send("TRACE", "/v1/events").expectError(405, "invalid_request");
    }
}
