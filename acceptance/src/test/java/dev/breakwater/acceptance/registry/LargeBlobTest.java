package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.ServerProcess;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/**
 * A blob of any size passes through a server of little memory. The server is a process of its own, and what the operating
 * system says of it counts: its memory after it has served some hundred MiB, and the most that it had from then on.
 */
@Isolated
class LargeBlobTest {

    private static final long MIB = 1L << 20;
    private static final long GIB = 1L << 30;

    @TempDir
    private Path data;

    private final byte[] block = new byte[1 << 20];
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();

    LargeBlobTest() {
        new SplittableRandom(7).nextBytes(block);
    }

    /** The embedded PostgreSQL runs as another user when the tests run as root. */
    @BeforeEach
    void everybody_may_enter() throws IOException {
        Files.setPosixFilePermissions(data, PosixFilePermissions.fromString("rwx--x--x"));
    }

    @Test
    void a_gibibyte_is_pushed_and_pulled_in_little_memory() throws Exception {
        pushAndPull(GIB);
    }

    /** It takes minutes and 10 GiB of disk, so it runs when it is asked for: {@code -Dbreakwater.large-blob=true}. */
    @Test
    @Proves(contract = "registry", lines = 134)
    void ten_gibibytes_are_pushed_and_pulled_in_little_memory() throws Exception {
        assumeTrue(Boolean.getBoolean("breakwater.large-blob"), "-Dbreakwater.large-blob=true was not given");
        pushAndPull(10 * GIB);
    }

    private void pushAndPull(long size) throws Exception {
        try (http;
                ServerProcess server = new ServerProcess(data, Map.of())) {
            server.start();
            pull(server, push(server, 300 * MIB), 300 * MIB);
            long before = resetPeak(server.pid());

            String digest = push(server, size);
            pull(server, digest, size);

            long growth = kilobytes(server.pid(), "VmHWM") - before;
            System.out.println("LargeBlobTest: " + size / MIB + " MiB, memory grew by " + growth / 1024 + " MiB from "
                    + before / 1024 + " MiB");
            assertThat(growth).as("KiB of growth").isLessThan(64 * 1024);
        }
    }

    /** Lets the peak begin anew, and tells how much memory the process has. */
    private static long resetPeak(long pid) throws IOException {
        Files.writeString(Path.of("/proc/" + pid + "/clear_refs"), "5");
        return kilobytes(pid, "VmRSS");
    }

    private static long kilobytes(long pid, String what) throws IOException {
        return Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream()
                .filter(line -> line.startsWith(what + ":"))
                .map(line -> line.replaceAll("\\D", ""))
                .mapToLong(Long::parseLong)
                .findFirst()
                .orElseThrow();
    }

    /** The next MiB: no two of a blob are the same. */
    private byte[] block(long number) {
        ByteBuffer.wrap(block).putLong(number);
        return block;
    }

    private String push(ServerProcess server, long size) throws Exception {
        HttpResponse<Void> begun = send(
                request(server, "/v2/library/large/blobs/uploads/").POST(BodyPublishers.noBody()),
                BodyHandlers.discarding());
        assertThat(begun.statusCode()).isEqualTo(202);
        String location = begun.headers().firstValue("Location").orElseThrow();

        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        assertThat(send(
                                request(server, location)
                                        .method("PATCH", BodyPublishers.ofInputStream(() -> new Content(size, digest))),
                                BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(202);
        String name = "sha256:" + HexFormat.of().formatHex(digest.digest());
        assertThat(send(
                                request(server, location + "?digest=" + name).PUT(BodyPublishers.noBody()),
                                BodyHandlers.discarding())
                        .statusCode())
                .isEqualTo(201);
        return name;
    }

    /** All MiBs, made and hashed when they are read. */
    private final class Content extends InputStream {

        private final long size;
        private final MessageDigest digest;
        private long given;

        Content(long size, MessageDigest digest) {
            this.size = size;
            this.digest = digest;
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] bytes, int offset, int length) {
            if (given == size) {
                return -1;
            }
            int position = (int) (given % MIB);
            if (position == 0) {
                digest.update(block(given / MIB));
            }
            int count = Math.min(length, block.length - position);
            System.arraycopy(block, position, bytes, offset, count);
            given += count;
            return count;
        }
    }

    private void pull(ServerProcess server, String digest, long size) throws Exception {
        HttpResponse<InputStream> reply =
                send(request(server, "/v2/library/large/blobs/" + digest), BodyHandlers.ofInputStream());
        assertThat(reply.statusCode()).isEqualTo(200);
        assertThat(reply.headers().firstValueAsLong("Content-Length")).hasValue(size);
        try (InputStream in = reply.body()) {
            for (long number = 0; number < size / MIB; number++) {
                byte[] bytes = in.readNBytes(block.length);
                if (!Arrays.equals(bytes, block(number))) {
                    throw new AssertionError("MiB number " + number + " is another");
                }
            }
            assertThat(in.read()).isNegative();
        }
    }

    private static HttpRequest.Builder request(ServerProcess server, String target) {
        return HttpRequest.newBuilder(server.url().resolve(target))
                .header("Authorization", ClassicApi.authorization("admin", "Harbor12345"));
    }

    private <T> HttpResponse<T> send(HttpRequest.Builder request, HttpResponse.BodyHandler<T> body) throws Exception {
        return http.send(request.build(), body);
    }
}
