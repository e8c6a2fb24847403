package dev.breakwater.registry.classic.repository;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.access.Level;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.RepositoryStore;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/** {@code /api/repositories/{repo_name}/tags} (registry.md 1.8). */
public final class TagHandlers {

    /** Larger configurations are none of images that this API knows. */
    private static final long LARGEST_CONFIGURATION = 1 << 22;

    private final Database database;
    private final BlobStore blobs;
    private final Scanner scanner;

    /** Answers with what these know. */
    public TagHandlers(Database database, BlobStore blobs, Scanner scanner) {
        this.database = database;
        this.blobs = blobs;
        this.scanner = scanner;
    }

    /** {@code GET} of all. */
    public Answer list(Call call, Rights rights) {
        String name = call.pathParameter("repo_name");
        Place place = database.query(handle -> {
            Project project = Checks.projectOf(handle, name);
            Checks.require(handle, rights, project, Level.READ);
            long id = RepositoryStore.find(handle, project.id(), name)
                    .orElseThrow(() -> Refusal.notFound("repository " + name + " not found"))
                    .id();
            return new Place(project, id, name);
        });
        return PrettyJson.answer(
                views(database.query(handle -> TagListStore.list(handle, place.repositoryId())), place));
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        Found found = database.query(handle -> require(handle, call, rights, Level.READ));
        return PrettyJson.answer(views(List.of(found.tagged()), found.place()).getFirst());
    }

    /** A tag in its place. */
    record Found(Place place, TagListStore.Tagged tagged) {}

    /** The tag that a path names: first whether it exists, then whether the caller may. */
    static Found require(Handle handle, Call call, Rights rights, Level level) {
        Found found = find(handle, call);
        Checks.require(handle, rights, found.place().project(), level);
        return found;
    }

    /** The tag that a path names; 404 when there is none. */
    static Found find(Handle handle, Call call) {
        String name = call.pathParameter("repo_name");
        String tag = call.pathParameter("tag");
        int slash = name.indexOf('/');
        return (slash < 0 ? Optional.<Project>empty() : ProjectStore.find(handle, name.substring(0, slash)))
                .flatMap(project -> RepositoryStore.findId(handle, project.id(), name)
                        .flatMap(id -> TagListStore.find(handle, id, tag)
                                .map(tagged -> new Found(new Place(project, id, name), tagged))))
                .orElseThrow(() -> unknown(name, tag));
    }

    private static Failure unknown(String name, String tag) {
        return Refusal.notFound("resource: %s:%s not found".formatted(name, tag));
    }

    private List<TagView> views(List<TagListStore.Tagged> tags, Place place) {
        Map<String, RepositoryHandlers.SignatureView> signatures = new HashMap<>();
        database.query(handle -> SignatureStore.signedTags(handle, place.repositoryId()))
                .forEach(signed -> signatures.put(signed.tag(), RepositoryHandlers.SignatureView.of(signed)));
        Map<String, Scanner.Overview> overviews = database.query(handle -> scanner.overviews(
                handle,
                tags.stream()
                        .map(tagged -> tagged.digest().toString())
                        .distinct()
                        .toList()));
        return tags.stream()
                .map(tagged -> {
                    String digest = tagged.digest().toString();
                    Scanner.@Nullable Overview overview = overviews.get(digest);
                    return TagView.of(
                            tagged,
                            signatures.get(tagged.name()),
                            overview == null ? null : ScanView.of(digest, tagged.manifestId(), overview));
                })
                .toList();
    }

    private record ManifestView(
            JsonNode manifest,

            @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable
            String config) {}

    /** {@code GET …/{tag}/manifest}. */
    public Answer manifest(Call call, Rights rights) {
        String version = call.query("version").filter(text -> !text.isEmpty()).orElse("v2");
        if (!version.equals("v1") && !version.equals("v2")) {
            throw Refusal.invalidPlain("version should be v1 or v2");
        }
        String name = call.pathParameter("repo_name");
        byte[] content = database.query(handle -> {
            Project project = Checks.projectOf(handle, name);
            Checks.require(handle, rights, project, Level.READ);
            return RepositoryStore.findId(handle, project.id(), name)
                    // Nothing was ever stored in the form of the first version.
                    .filter(id -> version.equals("v2"))
                    .flatMap(id -> ManifestStore.findNamed(handle, id, call.pathParameter("tag")))
                    .flatMap(manifest -> ManifestStore.content(handle, manifest.id()))
                    .orElseThrow(() -> Refusal.notFoundPlain("Not Found"));
        });
        JsonNode manifest = Json.mapper().readTree(content);
        return PrettyJson.answer(Json.mapper().valueToTree(new ManifestView(manifest, configuration(manifest))));
    }

    private @Nullable String configuration(JsonNode manifest) {
        return Digest.parse(manifest.path("config").path("digest").asString(""))
                .map(this::text)
                .orElse(null);
    }

    private @Nullable String text(Digest digest) {
        try {
            OptionalLong size = blobs.size(digest);
            if (size.isEmpty() || size.getAsLong() > LARGEST_CONFIGURATION) {
                return null;
            }
            try (InputStream in = blobs.open(digest, 0, size.getAsLong())) {
                return StandardCharsets.UTF_8
                        .newDecoder()
                        .decode(ByteBuffer.wrap(in.readAllBytes()))
                        .toString();
            }
        } catch (CharacterCodingException | JacksonException notText) {
            return null;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
