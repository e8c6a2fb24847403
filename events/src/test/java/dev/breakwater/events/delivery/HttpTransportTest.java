package dev.breakwater.events.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.events.webhook.Webhook;
import dev.breakwater.kernel.net.AddressGuard;
import dev.breakwater.kernel.net.GuardedResolver;
import dev.breakwater.kernel.net.Network;
import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.kernel.time.SystemTime;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.UnknownHostException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class HttpTransportTest {

    private static final Instant START = Instant.parse("2026-05-25T12:00:00Z");
    private static final String OK = "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok";
    private static final AddressGuard LOOPBACK = new AddressGuard(List.of(Network.parse("127.0.0.0/8")));

    private final ManualTime time = new ManualTime(START);
    private final HttpTransport transport = new HttpTransport(time, Duration.ofSeconds(10), LOOPBACK);

    @AfterEach
    void close() throws IOException {
        transport.close();
    }

    @Test
    void postsTheBodyWithItsHeaders() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.always(OK))) {
            Reply reply = send(receiver.url());

            assertThat(reply).isEqualTo(new Reply.Response(200, Map.of("content-length", "2"), "ok"));
            Receiver.Request request = receiver.next();
            assertThat(request.line()).isEqualTo("POST /hook?a=b HTTP/1.1");
            assertThat(request.body()).asString().isEqualTo("{}");
            assertThat(request.headers())
                    .containsEntry("Content-Type", "application/json")
                    .containsEntry("User-Agent", "Harbor-Webhooks/1.0")
                    .containsEntry("Content-Length", "2")
                    .doesNotContainKeys("Accept-Encoding", "Cookie", "Expect");
        }
    }

    @Test
    void usesConnectionsAgain() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.always(OK))) {
            send(receiver.url());
            send(receiver.url());

            assertThat(receiver.next().connection()).isEqualTo(1);
            assertThat(receiver.next().connection()).isEqualTo(1);
        }
    }

    @Test
    void aKeptConnectionThatTheReceiverClosesIsNotTheReceiversFailure() throws Exception {
        AtomicInteger requests = new AtomicInteger();
        try (Receiver receiver = new Receiver((request, socket) -> {
            if (requests.incrementAndGet() == 2) {
                socket.close();
            } else {
                Receiver.write(socket, OK);
            }
        })) {
            send(receiver.url());

            Reply reply = send(receiver.url());

            assertThat(reply.error()).isEmpty();
            assertThat(requests).hasValue(3);
        }
    }

    @Test
    void aNewConnectionThatTheReceiverClosesIsAFailure() throws Exception {
        try (Receiver receiver = new Receiver((request, socket) -> socket.close())) {
            assertThat(send(receiver.url())).isEqualTo(new Reply.None(ErrorCode.CONNECTION_FAILED));
            receiver.next();
            assertThat(receiver.isIdle()).isTrue();
        }
    }

    /** events.md checklist 71. */
    @Test
    void aReceiverThatAnswersAfterElevenSecondsIsTooLate() throws Exception {
        try (Receiver receiver = new Receiver((request, socket) -> {})) {
            CompletableFuture<Reply> reply = sendInBackground(receiver.url());
            receiver.next();

            time.advance(Duration.ofSeconds(11));

            assertThat(reply.get(5, TimeUnit.SECONDS)).isEqualTo(new Reply.None(ErrorCode.TIMEOUT));
        }
    }

    /** events.md checklist 71. */
    @Test
    void aReceiverThatAnswersAfterNineSecondsSucceeds() throws Exception {
        CountDownLatch nineSecondsLater = new CountDownLatch(1);
        try (Receiver receiver = new Receiver((request, socket) -> {
            nineSecondsLater.await();
            Receiver.write(socket, OK);
        })) {
            CompletableFuture<Reply> reply = sendInBackground(receiver.url());
            receiver.next();

            time.advance(Duration.ofSeconds(9));
            nineSecondsLater.countDown();

            assertThat(reply.get(5, TimeUnit.SECONDS).error()).isEmpty();
            assertThat(time.pending()).isEmpty();
        }
    }

    @Test
    void theTimeOutAlsoCoversTheConnection() throws Exception {
        // A full backlog: the kernel neither accepts nor refuses.
        try (ServerSocket deaf = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            fill(deaf);
            CompletableFuture<Reply> reply = sendInBackground("http://127.0.0.1:" + deaf.getLocalPort());
            awaitAlarm();

            time.advance(Duration.ofSeconds(10));

            assertThat(reply.get(5, TimeUnit.SECONDS)).isEqualTo(new Reply.None(ErrorCode.TIMEOUT));
        }
    }

    @Test
    void theTimeOutAlsoCoversTheEncryption() throws Exception {
        try (ServerSocket mute = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            CompletableFuture<Reply> reply = sendInBackground("https://127.0.0.1:" + mute.getLocalPort());
            mute.accept().getInputStream().read();

            time.advance(Duration.ofSeconds(10));

            assertThat(reply.get(5, TimeUnit.SECONDS)).isEqualTo(new Reply.None(ErrorCode.TIMEOUT));
        }
    }

    /** events.md checklist 72. */
    @Test
    void redirectsAreNotFollowed() throws Exception {
        try (Receiver target = new Receiver(Receiver.always(OK));
                Receiver receiver = new Receiver(Receiver.always(
                        "HTTP/1.1 302 Found\r\nLocation: " + target.url() + "\r\nContent-Length: 0\r\n\r\n"))) {
            Reply reply = send(receiver.url());

            assertThat(reply.error()).contains(ErrorCode.HTTP_STATUS);
            assertThat(target.isIdle()).isTrue();
        }
    }

    @Test
    void serverErrorsAreNotRetriedByTheTransport() throws Exception {
        try (Receiver receiver =
                new Receiver(Receiver.always("HTTP/1.1 503 Busy\r\nRetry-After: 1\r\nContent-Length: 0\r\n\r\n"))) {
            assertThat(send(receiver.url()).error()).contains(ErrorCode.HTTP_STATUS);
            receiver.next();
            assertThat(receiver.isIdle()).isTrue();
        }
    }

    @Test
    void keepsTheFirst16KilobytesOfABodyAndDoesNotReadTheRest() throws Exception {
        try (Receiver receiver = new Receiver((request, socket) -> {
            Receiver.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 10000000000\r\n\r\n");
            while (true) {
                Receiver.write(socket, "x".repeat(1_000));
            }
        })) {
            Reply reply = send(receiver.url());

            assertThat(reply)
                    .isInstanceOfSatisfying(
                            Reply.Response.class,
                            response -> assertThat(response.body()).hasSize(Reply.MAX_BODY));
            assertThat(reply.error()).isEmpty();
        }
    }

    @Test
    void aBodyThatBreaksOffCannotTurnSuccessIntoFailure() throws Exception {
        try (Receiver receiver = new Receiver((request, socket) -> {
            Receiver.write(socket, "HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun");
            socket.close();
        })) {
            assertThat(send(receiver.url()))
                    .isEqualTo(new Reply.Response(200, Map.of("content-length", "100"), "begun"));
        }
    }

    @Test
    void aBodyThatNeverEndsCannotTurnSuccessIntoFailure() throws Exception {
        try (SystemTime realTime = new SystemTime();
                HttpTransport brief = new HttpTransport(realTime, Duration.ofSeconds(3), LOOPBACK);
                Receiver receiver =
                        new Receiver(Receiver.always("HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\nbegun"))) {
            assertThat(brief.send(webhook(receiver.url()), message()))
                    .isEqualTo(new Reply.Response(200, Map.of("content-length", "100"), "begun"));
        }
    }

    @Test
    void compressedBodiesStayCompressed() throws Exception {
        try (Receiver receiver = new Receiver(
                Receiver.always("HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc"))) {
            assertThat(send(receiver.url()))
                    .isInstanceOfSatisfying(
                            Reply.Response.class,
                            response -> assertThat(response.body()).isEqualTo("abc"));
        }
    }

    @Test
    void aFloodOfHeadersEndsTheAttempt() throws Exception {
        try (Receiver receiver = new Receiver((request, socket) -> {
            Receiver.write(socket, "HTTP/1.1 200 OK\r\n");
            while (true) {
                Receiver.write(socket, "X-Flood: yes\r\n");
            }
        })) {
            assertThat(send(receiver.url())).isEqualTo(new Reply.None(ErrorCode.CONNECTION_FAILED));
        }
    }

    /** events.md checklist 73. */
    @Test
    void tellsTheCausesOfAMissingResponseApart() throws Exception {
        int closed;
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            closed = socket.getLocalPort();
        }
        assertThat(send("http://127.0.0.1:" + closed)).isEqualTo(new Reply.None(ErrorCode.CONNECTION_FAILED));
        assertThat(send("http://nowhere.invalid/")).isEqualTo(new Reply.None(ErrorCode.DNS_FAILED));
        try (Receiver plain = new Receiver(Receiver.always(OK))) {
            assertThat(send("https://127.0.0.1:" + plain.port())).isEqualTo(new Reply.None(ErrorCode.TLS_FAILED));
        }
    }

    /** events.md checklist 56. */
    @Test
    void addressesThatMustNotBeReachedGetNoConnection() throws Exception {
        try (Receiver receiver = new Receiver(Receiver.always(OK));
                HttpTransport strict = new HttpTransport(time, Duration.ofSeconds(10), new AddressGuard(List.of()))) {
            for (String host : List.of("127.0.0.1", "localhost", "2130706433", "127.1", "[::1]")) {
                assertThat(strict.send(webhook("http://" + host + ":" + receiver.port()), message()))
                        .as(host)
                        .isEqualTo(new Reply.None(ErrorCode.ADDRESS_BLOCKED));
            }
            // Java itself refuses to read what other resolvers take for 127.0.0.1.
            assertThat(strict.send(webhook("http://0x7f.1:" + receiver.port()), message()))
                    .isEqualTo(new Reply.None(ErrorCode.DNS_FAILED));
            assertThat(receiver.isIdle()).isTrue();
        }
    }

    @Test
    void oneBlockedAddressAmongOthersBlocksTheHost() throws Exception {
        GuardedResolver.Names names = host ->
                new InetAddress[] {InetAddress.ofLiteral("93.184.216.34"), InetAddress.ofLiteral("169.254.169.254")};
        try (HttpTransport strict =
                new HttpTransport(time, Duration.ofSeconds(10), new AddressGuard(List.of()), names, null)) {
            assertThat(strict.send(webhook("https://two-faced.example/"), message()))
                    .isEqualTo(new Reply.None(ErrorCode.ADDRESS_BLOCKED));
        }
    }

    @Test
    void connectsToTheAddressThatWasCheckedHoweverTheNameChanges() throws Exception {
        AtomicInteger lookups = new AtomicInteger();
        GuardedResolver.Names rebinding = host -> {
            if (lookups.incrementAndGet() > 1) {
                throw new UnknownHostException("resolved a second time: " + host);
            }
            return new InetAddress[] {InetAddress.ofLiteral("127.0.0.1")};
        };
        try (Receiver receiver = new Receiver(Receiver.always(OK));
                HttpTransport once = new HttpTransport(time, Duration.ofSeconds(10), LOOPBACK, rebinding, null)) {
            assertThat(once.send(webhook("http://rebinding.example:" + receiver.port()), message())
                            .error())
                    .isEmpty();
            assertThat(receiver.next().headers()).containsEntry("Host", "rebinding.example:" + receiver.port());
            assertThat(lookups).hasValue(1);
        }
    }

    private Reply send(String url) {
        return transport.send(webhook(url), message());
    }

    private CompletableFuture<Reply> sendInBackground(String url) {
        CompletableFuture<Reply> reply = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> reply.complete(send(url)));
        return reply;
    }

    private void awaitAlarm() {
        while (time.pending().isEmpty()) {
            Thread.onSpinWait();
        }
    }

    private static void fill(ServerSocket deaf) {
        for (int i = 0; i < 4; i++) {
            Thread.ofVirtual().start(() -> {
                try (java.net.Socket socket = new java.net.Socket()) {
                    socket.connect(deaf.getLocalSocketAddress());
                    socket.getInputStream().read();
                } catch (IOException e) {
                    // The test is over.
                }
            });
        }
    }

    private static Webhook webhook(String url) {
        UUID id = new UUID(1, 2);
        return new Webhook(
                id,
                id,
                url,
                List.of("*"),
                Webhook.Status.ACTIVE,
                new Webhook.Secrets("whsec_", null, null),
                null,
                START);
    }

    private static Transport.Message message() {
        Map<String, String> headers = new java.util.LinkedHashMap<>();
        headers.put("Content-Type", "application/json");
        headers.put("User-Agent", "Harbor-Webhooks/1.0");
        return new Transport.Message(new UUID(1, 2), headers, new byte[] {'{', '}'});
    }
}
