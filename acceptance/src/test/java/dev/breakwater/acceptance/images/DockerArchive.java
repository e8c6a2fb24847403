package dev.breakwater.acceptance.images;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** An image as {@code docker save} writes it; clients push it in Docker's own media types. */
public final class DockerArchive {

    private DockerArchive() {}

    /** Writes the archive, with the image under this name and tag, and returns the file. */
    public static Path write(Path file, String nameAndTag, Layer... layers) {
        Map<String, byte[]> files = new TreeMap<>();
        byte[] config = Config.of("linux/amd64", "2024-05-06T07:08:09Z", layers);
        String configName = name(config) + ".json";
        files.put(configName, config);
        ArrayNode manifest = JsonNodeFactory.instance.arrayNode();
        ObjectNode image = manifest.addObject().put("Config", configName);
        image.putArray("RepoTags").add(nameAndTag);
        ArrayNode list = image.putArray("Layers");
        for (Layer layer : layers) {
            String layerName = name(layer.tar()) + "/layer.tar";
            files.put(layerName, layer.tar());
            list.add(layerName);
        }
        files.put("manifest.json", new JsonMapper().writeValueAsBytes(manifest));
        try {
            return Files.write(file, Content.tar(files));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String name(byte[] content) {
        return Content.sha256(content).substring("sha256:".length());
    }
}
