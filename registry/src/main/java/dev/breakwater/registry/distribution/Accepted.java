package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.manifest.MediaTypes;
import java.util.List;

/** Reads which manifests a client says that it understands. Many send incomplete lists, so little depends on it. */
final class Accepted {

    private Accepted() {}

    /** Whether the client names types, and among them neither a list nor anything that stands for all. */
    static boolean onlySingleManifests(Call call) {
        List<String> types = call.headers("Accept").stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(type -> type.split(";", 2)[0].strip())
                .filter(type -> !type.isEmpty())
                .toList();
        return types.contains(MediaTypes.DOCKER_MANIFEST)
                && types.stream()
                        .noneMatch(
                                type -> MediaTypes.isIndex(type) || type.equals("*/*") || type.equals("application/*"));
    }
}
