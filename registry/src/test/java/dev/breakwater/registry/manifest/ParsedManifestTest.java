package dev.breakwater.registry.manifest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.breakwater.kernel.failure.Failure;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;

/** Whatever comes in, the parser gives a manifest or the one failure that clients understand. */
class ParsedManifestTest {

    private static final String DIGEST = "sha256:" + "ab".repeat(32);
    private static final String DESCRIPTOR =
            "{\"mediaType\":\"a/b\",\"digest\":\"" + DIGEST + "\",\"size\":3,\"urls\":[\"x\"],\"data\":\"e30=\"}";
    private static final byte[] VALID = bytes("{\"schemaVersion\":2,\"mediaType\":\"" + MediaTypes.OCI_MANIFEST
            + "\",\"artifactType\":\"t/u\",\"config\":" + DESCRIPTOR + ",\"layers\":[" + DESCRIPTOR + "],\"subject\":"
            + DESCRIPTOR + ",\"annotations\":{\"a\":\"b\"},\"more\":[[{}],1e5,null]}");

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Example
    void all_parts_are_read() {
        ParsedManifest manifest = ParsedManifest.parse(VALID, null);
        assertThat(manifest.mediaType()).isEqualTo(MediaTypes.OCI_MANIFEST);
        assertThat(manifest.kind()).isEqualTo("t/u");
        assertThat(manifest.layers()).hasSize(1);
        assertThat(manifest.requiredBlobs()).containsExactly(DIGEST);
        assertThat(manifest.annotations()).containsEntry("a", "b");
    }

    @Property(tries = 3_000)
    void changed_bytes_never_surprise(@ForAll long seed) {
        Random random = new Random(seed);
        byte[] content = VALID.clone();
        for (int i = random.nextInt(6); i >= 0; i--) {
            int at = random.nextInt(content.length);
            switch (random.nextInt(3)) {
                case 0 -> content[at] = (byte) random.nextInt(256);
                case 1 -> content = Arrays.copyOf(content, Math.max(1, at));
                default -> content[at] = (byte) "{}[]\",:0-\\u".charAt(random.nextInt(11));
            }
        }
        expectManifestOrFailure(content, random.nextBoolean() ? MediaTypes.OCI_MANIFEST : MediaTypes.OCI_INDEX);
    }

    @Property(tries = 1_000)
    void any_bytes_never_surprise(@ForAll byte[] content, @ForAll String type) {
        expectManifestOrFailure(content, type);
    }

    private static void expectManifestOrFailure(byte[] content, String type) {
        try {
            ParsedManifest.parse(content, type);
        } catch (Failure.Invalid refusal) {
            assertThat(refusal.code()).isEqualTo("MANIFEST_INVALID");
        }
    }

    @Example
    void what_could_be_taken_for_two_kinds_is_neither() {
        expectRefusal("{\"schemaVersion\":2,\"config\":" + DESCRIPTOR + ",\"layers\":[],\"manifests\":[]}");
        expectRefusal("{\"schemaVersion\":2,\"layers\":[]}");
        expectRefusal("{\"schemaVersion\":2,\"config\":" + DESCRIPTOR + "}");
        expectRefusal("{\"schemaVersion\":1,\"config\":" + DESCRIPTOR + ",\"layers\":[]}");
    }

    @Example
    void depth_and_zero_characters_are_bounded() {
        expectRefusal("{\"x\":" + "[".repeat(100_000) + "}");
        expectRefusal("{\"config\":" + DESCRIPTOR + ",\"layers\":[],\"annotations\":{\"a\":\"\\u0000\"}}");
        expectRefusal("{\"config\":" + DESCRIPTOR + ",\"layers\":[],\"annotations\":{\"a\\u0000\":\"b\"}}");
        expectRefusal("{\"config\":" + DESCRIPTOR.replace("3", "1e9") + ",\"layers\":[]}");
        expectRefusal("{\"config\":" + DESCRIPTOR.replace(":3", ":-3") + ",\"layers\":[]}");
    }

    private static void expectRefusal(String text) {
        assertThatThrownBy(() -> ParsedManifest.parse(bytes(text), MediaTypes.OCI_MANIFEST))
                .isInstanceOf(Failure.Invalid.class);
    }
}
