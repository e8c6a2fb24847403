package dev.breakwater.acceptance.images;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Tool;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** That the images, artifacts and charts of the tests are real: the clients that users have take them. */
class ImagesTest {

    private static final Layer BASE = Layer.of(Map.of("etc/os-release", "ID=harbour\n", "srv/pier", "12 m\n"));
    private static final Layer BULK = Layer.noise("srv/bulk", 300_000, 7);

    @TempDir
    private Path folder;

    private Tool skopeo;
    private OciLayout layout;

    @BeforeEach
    void a_layout() {
        skopeo = Tool.named("skopeo").home(folder);
        layout = OciLayout.in(folder.resolve("made"));
    }

    @Test
    void equal_calls_make_equal_bytes() {
        OciLayout other = OciLayout.in(folder.resolve("other"));

        assertThat(layout.image(BASE, BULK)).isEqualTo(other.image(BASE, Layer.noise("srv/bulk", 300_000, 7)));
        assertThat(HelmChart.archive("pier", "1.0.0")).isEqualTo(HelmChart.archive("pier", "1.0.0"));
    }

    @Test
    void skopeo_copies_an_image_and_changes_nothing() {
        Descriptor image = layout.image(BASE, BULK);
        layout.tag("one", image);

        Path copy = copy("one");

        assertThat(OciLayout.read(copy).tagged("one").digest()).isEqualTo(image.digest());
        assertThat(OciLayout.read(copy).digests()).isEqualTo(layout.digests());
    }

    @Test
    void skopeo_copies_all_platforms_of_an_index() {
        layout.tag("many", layout.index(layout.image("linux/amd64", BASE), layout.image("linux/arm64", BASE, BULK)));

        Path copy = copy("many");

        assertThat(OciLayout.read(copy).digests()).isEqualTo(layout.digests());
    }

    @Test
    void skopeo_reads_an_image_as_docker_saves_it() {
        Path archive = DockerArchive.write(folder.resolve("saved.tar"), "harbour/pier:1.0", BASE, BULK);

        JsonNode seen = skopeo.assumeInstalled()
                .run("inspect", "docker-archive:" + archive)
                .json();

        assertThat(seen.get("Layers").size()).isEqualTo(2);
        assertThat(seen.get("Architecture").asString()).isEqualTo("amd64");
    }

    @Test
    void oras_reads_an_artifact_with_a_referrer() {
        Descriptor image = layout.image(BASE);
        layout.tag("one", image);
        layout.tag("note", layout.referrer(image, "text/vnd.pier.note", "text/plain", Content.text("mind the tide")));

        JsonNode found = Tool.named("oras")
                .home(folder)
                .assumeInstalled()
                .run("discover", "--oci-layout", layout.folder() + ":one", "--format", "json")
                .json();

        assertThat(found.at("/referrers/0/artifactType").asString()).isEqualTo("text/vnd.pier.note");
    }

    @Test
    void helm_reads_a_chart() {
        Path chart = HelmChart.write(folder, "pier", "1.0.0");

        String shown = Tool.named("helm")
                .home(folder)
                .assumeInstalled()
                .run("template", "quay", chart.toString())
                .text();

        assertThat(shown).contains("name: quay-pier", "length: \"12\"");
    }

    private Path copy(String reference) {
        Path target = folder.resolve("copied");
        skopeo.assumeInstalled()
                .run("--insecure-policy", "copy", "--all", layout.at(reference), "oci:" + target + ":" + reference);
        assertThat(Files.exists(target.resolve("index.json"))).isTrue();
        return target;
    }
}
