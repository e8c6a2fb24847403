package dev.breakwater.registry.current.artifact;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ChartArchiveTest {

    @Test
    void a_file_of_the_chart_is_found_whatever_its_case() {
        byte[] archive = gzip(join(
                entry("pier/Chart.yaml", "a".repeat(1_000)),
                entry("pier/charts/redis/values.yaml", "not this"),
                entry("pier/values.yaml", "length: 12"),
                entry("pier/Readme.MD", "# pier")));

        assertThat(file(archive, "values.yaml")).contains("length: 12");
        assertThat(file(archive, "README.md")).contains("# pier");
        assertThat(file(archive, "none")).isEmpty();
    }

    @Test
    void a_file_that_is_too_large_is_not_read() {
        String large = "x".repeat(ChartArchive.LARGEST_FILE + 1);

        assertThat(file(gzip(join(entry("pier/values.yaml", large))), "values.yaml"))
                .isEmpty();
    }

    @Test
    void what_is_packed_too_well_is_not_unpacked_to_its_end() {
        String zeros = "\0".repeat(60 << 20);
        byte[] bomb = gzip(join(entry("pier/a", zeros), entry("pier/b", zeros), entry("pier/values.yaml", "x")));

        assertThat(bomb.length).isLessThan(1 << 20);
        assertThat(file(bomb, "values.yaml")).isEmpty();
    }

    @Test
    void a_cut_archive_holds_what_came_before() {
        byte[] archive = gzip(join(entry("pier/values.yaml", "x"), entry("pier/README.md", "y".repeat(100_000))));

        assertThat(file(Arrays.copyOf(archive, archive.length - 20), "README.md"))
                .isEmpty();
    }

    @Property
    void no_bytes_are_a_fault(@ForAll byte[] bytes) {
        assertThat(file(bytes, "values.yaml")).isEmpty();
        assertThat(file(gzip(bytes), "values.yaml")).isEmpty();
    }

    private static Optional<String> file(byte[] archive, String name) {
        try {
            return ChartArchive.file(new ByteArrayInputStream(archive), name)
                    .map(content -> new String(content, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] entry(String name, String content) {
        byte[] body = content.getBytes(StandardCharsets.UTF_8);
        byte[] entry = new byte[512 + (body.length + 511) / 512 * 512];
        byte[] path = name.getBytes(StandardCharsets.UTF_8);
        System.arraycopy(path, 0, entry, 0, path.length);
        byte[] size = "%011o".formatted(body.length).getBytes(StandardCharsets.UTF_8);
        System.arraycopy(size, 0, entry, 124, size.length);
        entry[156] = '0';
        System.arraycopy(body, 0, entry, 512, body.length);
        return entry;
    }

    private static byte[] join(byte[]... parts) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (byte[] part : parts) {
            out.writeBytes(part);
        }
        return out.toByteArray();
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (GZIPOutputStream packed = new GZIPOutputStream(out)) {
            packed.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return out.toByteArray();
    }
}
