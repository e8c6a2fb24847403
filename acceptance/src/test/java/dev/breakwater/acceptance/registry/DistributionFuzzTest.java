package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.Distribution.OCI_MANIFEST;
import static dev.breakwater.acceptance.registry.Distribution.begin;
import static dev.breakwater.acceptance.registry.Distribution.bytes;
import static dev.breakwater.acceptance.registry.Distribution.noise;
import static dev.breakwater.acceptance.registry.Distribution.sha256;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Fuzz;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Thousands of requests to the distribution API and the token service that were valid once; twenty thousand with
 * {@code -Dfuzz.requests=20000}.
 */
@WithServer
class DistributionFuzzTest {

    private static final int REQUESTS = Integer.getInteger("fuzz.requests", 4_000);
    private static final String BASIC = ClassicApi.authorization("admin", "Harbor12345");
    private static final List<String> TOKENS = List.of(
            "\"",
            "{",
            "}",
            "[",
            "]",
            ":",
            ",",
            "null",
            "-1",
            "1e999",
            "18446744073709551616",
            "\\u0000",
            "\\ud800",
            "\u0000",
            "é☃",
            "%",
            "%00",
            "%2f",
            "%2e%2e",
            "..",
            "/",
            "//",
            "?",
            "&",
            "=",
            "#",
            "\r\n",
            "chunked",
            "Content-Length: 7\r\n",
            "Transfer-Encoding: chunked\r\n",
            "Expect: 100-continue\r\n",
            "Content-Range: 5-4\r\n",
            "Range: bytes=-0\r\n",
            "Range: bytes=9223372036854775807-\r\n",
            "If-None-Match: \"\"\r\n",
            "sha256:",
            "sha512:",
            "md5:0",
            "/blobs/uploads/",
            "/manifests/",
            "/tags/list",
            "/_oci/",
            "latest",
            "Bearer ",
            "eyJhbGciOiJub25lIn0.e30.",
            "repository:*:*",
            "' OR 1=1 --",
            OCI_MANIFEST,
            "\"mediaType\":",
            "\"size\":-1");

    private final TestServer server;
    private final Client admin;
    private final String repository;

    DistributionFuzzTest(TestServer server) {
        this.server = server;
        Distribution registry = new Distribution(server);
        admin = registry.admin();
        repository = registry.newRepository();
    }

    @Test
    void no_request_finds_a_fault() throws Exception {
        List<byte[]> valid = validRequests();
        String token = Distribution.token(admin, "repository:" + repository + ":pull,push,delete");
        Map<String, Integer> statuses = new Fuzz(
                        server.url(), TOKENS, Map.of("<token>", "Bearer " + token, "<basic>", BASIC))
                .run("DistributionFuzzTest", REQUESTS, valid);

        assertThat(statuses).containsKeys("200", "201", "202", "400", "401", "404");
        Distribution.pushImage(server.client().bearer(token), repository, "after");
    }

    private List<byte[]> validRequests() {
        byte[] manifest = Distribution.pushParts(admin, repository, "");
        Distribution.pushManifest(admin, repository, "v1", OCI_MANIFEST, manifest)
                .expect(201);
        byte[] index = Distribution.index(List.of(manifest), "");
        byte[] blob = noise(200);
        String digest = Distribution.pushBlob(admin, repository, blob);
        String token = "<token>";
        String basic = "<basic>";
        String v2 = "/v2/" + repository;
        List<byte[]> valid = new ArrayList<>(List.of(
                request("GET", "/v2/", token),
                request("GET", "/v2/_catalog?n=10&last=a", basic),
                request(
                        "GET",
                        "/service/token?service=harbor-registry&scope=repository:" + repository + ":pull",
                        basic),
                request("GET", "/service/token?service=harbor-registry&account=admin&client_id=c&scope=a:b:c", ""),
                request("GET", v2 + "/tags/list?n=5&last=v0", token),
                request("GET", v2 + "/manifests/v1", token, "Accept: " + OCI_MANIFEST),
                request("HEAD", v2 + "/manifests/" + sha256(manifest), basic),
                request("GET", v2 + "/blobs/" + digest, token, "Range: bytes=10-19"),
                request("HEAD", v2 + "/blobs/" + digest, basic),
                request("GET", v2 + "/referrers/" + sha256(manifest) + "?artifactType=a/b", token),
                request("PUT", v2 + "/manifests/v2", manifest, token, "Content-Type: " + OCI_MANIFEST),
                request("PUT", v2 + "/manifests/v3", index, token, "Content-Type: " + Distribution.OCI_INDEX),
                request("POST", v2 + "/blobs/uploads/", token),
                request("POST", v2 + "/blobs/uploads/?digest=" + digest, blob, basic),
                request("POST", v2 + "/blobs/uploads/?mount=" + digest + "&from=" + repository, token),
                request("DELETE", v2 + "/manifests/v2", token),
                request("DELETE", v2 + "/blobs/" + sha256(noise(1)), token)));
        for (int i = 0; i < 4; i++) {
            String location = begin(admin, repository);
            valid.add(request("GET", location, token));
            valid.add(request("PATCH", location, noise(50), token, "Content-Range: 0-49"));
            valid.add(request("PATCH", location, noise(50), token));
            valid.add(request("PUT", location + "?digest=" + digest, blob, token));
            valid.add(request("DELETE", location, token));
        }
        return valid;
    }

    private static byte[] request(String method, String target, String authorization, String... headers) {
        return request(method, target, new byte[0], authorization, headers);
    }

    private static byte[] request(
            String method, String target, byte[] content, String authorization, String... headers) {
        StringBuilder head = new StringBuilder(method + " " + target + " HTTP/1.1\r\nHost: localhost\r\n");
        if (!authorization.isEmpty()) {
            head.append("Authorization: ").append(authorization).append("\r\n");
        }
        for (String header : headers) {
            head.append(header).append("\r\n");
        }
        if (content.length > 0) {
            head.append("Content-Length: ").append(content.length).append("\r\n");
        }
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes(head.append("\r\n").toString()));
        all.writeBytes(content);
        return all.toByteArray();
    }
}
