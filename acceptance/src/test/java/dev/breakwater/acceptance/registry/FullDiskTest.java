package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.begin;
import static dev.breakwater.acceptance.registry.Distribution.expectError;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.send;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Blobs on a file system of 8 MiB, which only root can make. */
class FullDiskTest {

    private static final int MIB = 1 << 20;

    @TempDir
    private Path data;

    @Test
    @Proves(contract = "registry", lines = 218)
    void a_full_disk_refuses_uploads_loses_nothing_and_takes_them_again_when_there_is_room() throws Exception {
        Path small = Files.createDirectory(data.resolve("blobs"));
        assumeTrue(run("mount", "-t", "tmpfs", "-o", "size=8m", "tmpfs", small.toString()), "needs root to mount");
        try (TestServer server = TestServer.start(Map.of("data.dir", data.toString()))) {
            Distribution registry = new Distribution(server);
            Client admin = registry.admin();
            String repository = registry.newRepository();
            byte[] kept = noise(3 * MIB);
            Distribution.pushBlob(admin, repository, kept);
            byte[] manifest = Distribution.pushImage(admin, repository, "v1");
            byte[] content = noise(7 * MIB);
            String location = begin(admin, repository);
            send(admin, "PATCH", location, Arrays.copyOf(content, MIB)).expect(202);

            byte[] rest = Arrays.copyOfRange(content, MIB, content.length);
            noRoom(send(admin, "PATCH", location, rest));
            noRoom(send(admin, "PUT", location + "?digest=" + sha256(content), rest));
            noRoom(send(admin, "POST", uploads(repository) + "?digest=" + sha256(content), content));

            assertThat(admin.get(location).expect(204).header("Range")).contains("0-" + (MIB - 1));
            assertThat(Blobs.uploads(data)).isEqualTo(1);
            expectError(blob(admin, repository, sha256(content)), 404, "BLOB_UNKNOWN");
            expectError(blob(admin, repository, sha256(Arrays.copyOf(content, MIB))), 404, "BLOB_UNKNOWN");
            assertThat(blob(admin, repository, sha256(kept)).expect(200).body()).isEqualTo(kept);
            assertThat(admin.get("/v2/" + repository + "/manifests/v1")
                            .expect(200)
                            .body())
                    .isEqualTo(manifest);

            assertThat(run("mount", "-o", "remount,size=32m", small.toString())).isTrue();
            send(admin, "PUT", location + "?digest=" + sha256(content), rest).expect(201);
            assertThat(blob(admin, repository, sha256(content)).expect(200).body())
                    .isEqualTo(content);
            Distribution.pushImage(admin, repository, "v2");
        } finally {
            run("umount", small.toString());
        }
    }

    private static void noRoom(Reply reply) {
        reply.expect(507);
        assertThat(reply.header("Content-Type")).contains("application/json; charset=utf-8");
        assertThat(reply.json().get("errors").get(0).get("message").asString())
                .isEqualTo("There is no room left for blobs.");
        assertThat(reply.json().get("errors").get(0).get("code").asString()).isNotEmpty();
    }

    private static String uploads(String repository) {
        return "/v2/" + repository + "/blobs/uploads/";
    }

    private static Reply blob(Client caller, String repository, String digest) {
        return caller.get("/v2/" + repository + "/blobs/" + digest);
    }

    private static boolean run(String... command) throws Exception {
        Process process = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        return process.waitFor() == 0;
    }
}
