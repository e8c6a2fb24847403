package dev.breakwater.acceptance.images;

import java.util.Arrays;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** The configuration of an image, in the form that OCI and Docker share. */
final class Config {

    private Config() {}

    static byte[] of(String platform, String created, Layer... layers) {
        int slash = platform.indexOf('/');
        ObjectNode config = JsonNodeFactory.instance.objectNode();
        config.put("created", created)
                .put("author", "Breakwater")
                .put("architecture", platform.substring(slash + 1))
                .put("os", platform.substring(0, slash));
        ObjectNode run = config.putObject("config");
        run.putArray("Env").add("PATH=/usr/bin:/bin");
        run.putArray("Cmd").add("/bin/true");
        ArrayNode diffIds = config.putObject("rootfs").put("type", "layers").putArray("diff_ids");
        ArrayNode history = config.putArray("history");
        Arrays.stream(layers).forEach(layer -> {
            diffIds.add(layer.diffId());
            history.addObject().put("created", created).put("created_by", "COPY files /");
        });
        return new JsonMapper().writeValueAsBytes(config);
    }
}
