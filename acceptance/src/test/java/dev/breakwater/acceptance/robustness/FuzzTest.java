package dev.breakwater.acceptance.robustness;

import static dev.breakwater.acceptance.harness.Organization.webhook;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Organization.Endpoint;
import dev.breakwater.acceptance.harness.RawConnection;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * Twenty thousand requests that were valid once: bytes flipped, cut, doubled and replaced. None may find a fault in
 * the server. A run is repeated with {@code -Dfuzz.seed=…}.
 */
@WithServer
class FuzzTest {

    private static final int REQUESTS = 20_000;
    private static final int SENDERS = 8;
    private static final List<String> TOKENS = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "true",
            "1e999",
            "-0",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "é☃",
            "%",
            "%00",
            "%2f",
            "..",
            "/",
            "?",
            "&",
            "=",
            "#",
            "*",
            ".",
            "\r\n",
            "\r\n\r\n",
            "chunked",
            "gzip",
            "0",
            "-1",
            "18446744073709551616",
            "Content-Length: 7\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Upgrade: h2c\r\n",
            "Connection: keep-alive\r\n",
            "whsec_",
            "' OR 1=1 --",
            "evt_",
            "ws_",
            "wh_",
            "del_");

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;

    FuzzTest(TestServer server, Organization acme, Receiver receiver) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
    }

    @Test
    void no_request_finds_a_fault() throws Exception {
        long seed = Long.getLong("fuzz.seed", System.nanoTime());
        System.out.println("FuzzTest: seed " + seed);
        List<byte[]> valid = validRequests();
        Map<String, Integer> statuses = new ConcurrentHashMap<>();
        try (ExecutorService senders = Executors.newFixedThreadPool(SENDERS)) {
            List<Future<?>> running = IntStream.range(0, SENDERS)
                    .<Future<?>>mapToObj(sender -> senders.submit(() -> {
                        Random random = new Random(seed + sender);
                        for (int i = 0; i < REQUESTS / SENDERS; i++) {
                            byte[] request = mutate(valid.get(random.nextInt(valid.size())), random);
                            statuses.merge(send(request), 1, Integer::sum);
                        }
                        return sender;
                    }))
                    .toList();
            for (Future<?> each : running) {
                each.get();
            }
        }

        System.out.println("FuzzTest: answers " + new TreeMap<>(statuses));
        assertThat(statuses.values().stream().mapToInt(Integer::intValue).sum()).isEqualTo(REQUESTS);
        assertThat(statuses).hasSizeGreaterThan(3).containsKey("201");
        server.client().get("/health/ready").expect(200);
        String event = acme.post("after.all");
        acme.sandbox().get("/v1/events/" + event).expect(200);
    }

    private String send(byte[] request) throws IOException {
        try (RawConnection connection = RawConnection.to(server.url())) {
            String answer;
            try {
                answer = connection.send(request).halfClose().readToEnd();
            } catch (java.net.SocketTimeoutException e) {
                throw new AssertionError("Neither an answer nor an end to " + shown(request), e);
            } catch (IOException e) {
                return "reset";
            }
            assertThat(answer)
                    .as("the answer to %s", shown(request))
                    .doesNotContainPattern("(^|\\n)HTTP/1\\.1 5\\d\\d ");
            return answer.startsWith("HTTP/1.1 ") ? answer.substring(9, 12) : "closed";
        }
    }

    private static String shown(byte[] request) {
        return new String(request, StandardCharsets.ISO_8859_1).replace("\r", "\\r");
    }

    private List<byte[]> validRequests() {
        String workspace = acme.workspace();
        Endpoint endpoint = acme.endpoint(receiver, "order.*");
        String event = acme.post("order.shipped");
        String delivery = acme.deliveryOf(event);
        return List.of(
                request("POST", "/v1/events", acme.event("order.shipped")),
                request("POST", "/v1/events", Organization.event(workspace, "a", "{\"a\":[1,2.50,null,true,\"é\"]}")),
                request("GET", "/v1/events/" + event, ""),
                request(
                        "GET",
                        "/v1/events?workspace_id=" + workspace + "&limit=5&type=order.*&starting_after=" + event,
                        ""),
                request("GET", "/v1/events?workspace_id=" + workspace + "&created_after=2026-01-01T00:00:00Z", ""),
                request("GET", "/v1/workspaces/" + workspace, ""),
                request("POST", "/v1/webhooks", webhook(workspace, receiver.url(), "order.*", "invoice.paid")),
                request("GET", "/v1/webhooks?workspace_id=" + workspace + "&limit=100", ""),
                request("PUT", "/v1/webhooks/" + endpoint.id(), "{\"events\":[\"order.*\"],\"status\":\"active\"}"),
                request("POST", "/v1/webhooks/" + endpoint.id() + "/rotate_secret", "{\"grace_period_seconds\":60}"),
                request("POST", "/v1/webhooks/" + endpoint.id() + "/test", "{\"type\":\"a\",\"payload\":{\"b\":1}}"),
                request("GET", "/v1/deliveries?workspace_id=" + workspace + "&status=delivered&event_id=" + event, ""),
                request("GET", "/v1/deliveries/" + delivery, ""),
                request("POST", "/v1/deliveries/" + delivery + "/replay", ""),
                request("POST", "/admin/v1/organizations", "{\"identifier\":\"fuzz\",\"name\":\"Fuzz\"}"),
                request("GET", "/health/ready", ""));
    }

    private byte[] request(String method, String target, String body) {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        String head = method + " " + target + " HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer "
                + acme.sandboxKey() + "\r\nIdempotency-Key: fuzz-1\r\n"
                + (content.length == 0
                        ? ""
                        : "Content-Type: application/json\r\nContent-Length: " + content.length + "\r\n")
                + "\r\n";
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(head.getBytes(StandardCharsets.UTF_8));
        all.writeBytes(content);
        return all.toByteArray();
    }

    private static byte[] mutate(byte[] valid, Random random) {
        if (random.nextInt(20) == 0) {
            byte[] noise = new byte[random.nextInt(300)];
            random.nextBytes(noise);
            return noise;
        }
        byte[] bytes = valid;
        for (int i = random.nextInt(4); i >= 0; i--) {
            int at = random.nextInt(bytes.length + 1);
            int end = Math.min(bytes.length, at + random.nextInt(12));
            bytes = switch (random.nextInt(6)) {
                case 0 -> splice(bytes, at, at, TOKENS.get(random.nextInt(TOKENS.size())));
                case 1 -> splice(bytes, at, end, TOKENS.get(random.nextInt(TOKENS.size())));
                case 2 -> splice(bytes, at, end, "");
                case 3 -> join(Arrays.copyOf(bytes, end), Arrays.copyOfRange(bytes, at, bytes.length));
                case 4 -> flip(bytes, random);
                default -> bytes;
            };
        }
        return bytes;
    }

    private static byte[] flip(byte[] bytes, Random random) {
        if (bytes.length == 0) {
            return bytes;
        }
        byte[] flipped = bytes.clone();
        flipped[random.nextInt(bytes.length)] ^= (byte) (1 << random.nextInt(8));
        return flipped;
    }

    private static byte[] splice(byte[] bytes, int from, int to, String middle) {
        return join(
                join(Arrays.copyOf(bytes, from), middle.getBytes(StandardCharsets.UTF_8)),
                Arrays.copyOfRange(bytes, to, bytes.length));
    }

    private static byte[] join(byte[] left, byte[] right) {
        byte[] all = Arrays.copyOf(left, left.length + right.length);
        System.arraycopy(right, 0, all, left.length, right.length);
        return all;
    }
}
