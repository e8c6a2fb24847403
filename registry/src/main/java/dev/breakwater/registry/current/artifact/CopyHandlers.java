package dev.breakwater.registry.current.artifact;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.artifact.AccessoryStore;
import dev.breakwater.registry.artifact.ArtifactListStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ContentSql;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.gate.Places;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.manifest.Pushes;
import dev.breakwater.registry.manifest.Tag;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.PlaceStore;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.registry.repository.Target;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * {@code POST …/artifacts?from=}: copies an artifact of another repository with all that it names and all that belongs
 * to it (registry.md 3.4). No bytes are copied: the same content may be read through one more repository, and each
 * manifest is pushed there by the ordinary way, so that all rules hold.
 */
public final class CopyHandlers {

    private static final int MOST = 10_000;
    private static final String SIGNATURE_TAG = "sha256-";

    private final Database database;
    private final TimeSource time;
    private final Pushes pushes;

    /** Answers with what these know. */
    public CopyHandlers(Database database, TimeSource time, Pushes pushes) {
        this.database = database;
        this.time = time;
        this.pushes = pushes;
    }

    /** Where something comes from, and what of it. */
    private record Source(RepositoryName repository, String reference, boolean byDigest) {

        static Source of(Call call) {
            String from = call.query("from").orElseThrow(() -> new Failure.Unprocessable("from in query is required"));
            int at = from.indexOf('@');
            int end = at < 0 ? from.lastIndexOf(':') : at;
            return (end < 0 ? Optional.<RepositoryName>empty() : RepositoryName.parse(from.substring(0, end)))
                    .filter(name -> end + 1 < from.length()
                            && (at < 0 || Digest.parse(from.substring(at + 1)).isPresent()))
                    .map(name -> new Source(name, from.substring(end + 1), at >= 0))
                    .orElseThrow(() -> new Failure.Invalid("invalid artifact: " + from));
        }
    }

    /** A manifest on its way, with the tags that are to point to it. */
    private record Copied(Manifest manifest, byte[] content, List<String> blobs, List<String> tags) {}

    /** Copies what {@code from} names into the repository of the path. */
    public Answer copy(Call call, Rights rights) {
        Source source = Source.of(call);
        Project target =
                database.query(handle -> Checks.namedProject(handle, call, rights, Resource.ARTIFACT, Action.CREATE));
        String name = Places.name(target, call);
        Place from = database.query(handle -> source(handle, rights, source.repository()));
        Manifest root = database.query(handle -> root(handle, from, source, target, name));
        for (long id : database.query(handle -> order(handle, root))) {
            push(from, name, copied(id, id == root.id() ? source : null), rights);
        }
        return Shape.created(ArtifactViews.location(target, name) + "/artifacts/" + root.digest());
    }

    private static Place source(Handle handle, Rights rights, RepositoryName name) {
        Optional<Project> project = ProjectStore.find(handle, name.project());
        if (project.isEmpty() && rights.sight().everything()) {
            throw new Failure.NotFound("project " + name.project() + " not found");
        }
        Project found = project.filter(readable -> rights.allows(handle, readable, Resource.REPOSITORY, Action.PULL))
                .orElseThrow(() -> Checks.refused(rights));
        return Places.require(handle, found, name.toString());
    }

    private static Manifest root(Handle handle, Place from, Source source, Project target, String name) {
        Manifest root = Places.artifact(handle, from, source.reference());
        boolean present = RepositoryStore.findId(handle, target.id(), name)
                .flatMap(repository -> ManifestStore.find(handle, repository, root.digest()))
                .isPresent();
        if (present) {
            throw new Failure.Conflict("the artifact " + name + "@" + root.digest() + " already exists");
        }
        return root;
    }

    /** All that has to be copied, each after what it names or belongs to. */
    private static List<Long> order(Handle handle, Manifest root) {
        Set<Long> order = new LinkedHashSet<>();
        add(handle, root, order);
        return List.copyOf(order);
    }

    private static void add(Handle handle, Manifest manifest, Set<Long> order) {
        if (order.size() > MOST) {
            throw new Failure.Invalid("more than " + MOST + " manifests cannot be copied at once");
        }
        ManifestStore.children(handle, manifest.id()).forEach(child -> add(handle, child, order));
        if (order.add(manifest.id())) {
            AccessoryStore.of(handle, List.of(manifest.id())).getOrDefault(manifest.id(), List.of()).stream()
                    .flatMap(accessory -> ManifestStore.find(handle, accessory.id()).stream())
                    .forEach(accessory -> add(handle, accessory, order));
        }
    }

    /** With the one tag by which it was named, or with all of them; accessories with those that tell what they are. */
    private Copied copied(long id, @Nullable Source root) {
        return database.query(handle -> {
            Manifest manifest = ManifestStore.find(handle, id).orElseThrow(CopyHandlers::gone);
            List<String> tags = TagStore.ofManifests(handle, List.of(id)).getOrDefault(id, List.of()).stream()
                    .map(Tag::name)
                    .filter(tag -> root == null
                            ? tag.startsWith(SIGNATURE_TAG)
                            : root.byDigest() || tag.equals(root.reference()))
                    .toList();
            return new Copied(
                    manifest,
                    ManifestStore.content(handle, id).orElseThrow(CopyHandlers::gone),
                    ArtifactListStore.blobs(handle, id),
                    tags);
        });
    }

    private static Failure.Conflict gone() {
        return new Failure.Conflict("the artifact was deleted while it was copied");
    }

    private void push(Place from, String name, Copied copied, Rights rights) {
        pushes.push(
                handle -> {
                    Target to = PlaceStore.target(
                                    handle, RepositoryName.parse(name).orElseThrow(), null)
                            .orElseThrow(CopyHandlers::gone);
                    Place place = to.placeOrCreate(handle, time.instant());
                    ContentSql.link(handle, from.repositoryId(), place, copied.blobs(), time.instant());
                    return to;
                },
                new Pushes.Order(
                        copied.content(),
                        copied.manifest().mediaType(),
                        copied.manifest().digest(),
                        copied.tags(),
                        rights.caller().name()));
    }
}
