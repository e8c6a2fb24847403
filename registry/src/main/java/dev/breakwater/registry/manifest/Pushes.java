package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.SharedRoundTrips;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ErrorCode;
import dev.breakwater.registry.content.SmallBlobs;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.Target;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Puts manifests into repositories (registry.md 2.2). The manifest, its tags, what it names, the use of storage and the
 * activities are written in one transaction, so that a reader finds all of it or nothing. Whether the caller may push is
 * decided before.
 */
public final class Pushes {

    /** The project setting that lets an index name manifests that the repository does not have. */
    private static final String SPARSE = "sparse_index";

    private static final int AT_ONCE = 32;
    /** The most bytes of a manifest that goes together with others. */
    private static final int LARGEST_TOGETHER = 64 << 10;

    private final Database database;
    private final Hooks hooks;
    private final TimeSource time;
    private final ConfigReader configs;
    private final SharedRoundTrips<Waiting, Long> together;

    /** Asks and tells these hooks. */
    public Pushes(Database database, BlobStore blobs, Hooks hooks, TimeSource time) {
        this.database = database;
        this.hooks = hooks;
        this.time = time;
        this.configs = new ConfigReader(blobs);
        this.together = new SharedRoundTrips<>(AT_ONCE, this::write);
    }

    /**
     * What is to be pushed.
     *
     * @param content byte for byte
     * @param contentType as it was sent; null when none was
     * @param digest under which to store it; the caller has compared it with the content
     * @param tags which are to point to it
     * @param username who pushes
     */
    public record Order(
            byte[] content, @Nullable String contentType, Digest digest, List<String> tags, String username) {

        /** An immutable copy of the tags. */
        public Order {
            tags = List.copyOf(tags);
        }
    }

    /** Finds in the transaction of the push where it goes. */
    @FunctionalInterface
    public interface Destination {
        /** The project, its terms, and the repository as far as there is one. */
        Target find(Handle handle) throws SQLException;
    }

    /**
     * A push that waits to be written.
     *
     * @param known what the configuration says, as far as it has been read; null while it has not
     * @param complete whether all that the manifest names must be there
     */
    private record Waiting(
            Destination destination,
            Order order,
            ParsedManifest parsed,
            @Nullable String known,
            boolean complete) {}

    /** One of them that has found its place. */
    private record Arrived(Waiting push, Target target, Place place) {}

    /**
     * Pushes a manifest to a place that is known, and returns what was read of it. Those who push at the same time are
     * written together.
     *
     * @throws Failure.Invalid with the code {@code MANIFEST_INVALID}, or {@code MANIFEST_BLOB_UNKNOWN} with the digests
     *     of what is missing
     */
    public ParsedManifest push(Target target, Order order) {
        Waiting push = waiting(handle -> target, order, true);
        // Who has to take turns with others of a project, or is large, goes alone.
        boolean alone = target.terms().storageLimit().isPresent() || order.content().length > LARGEST_TOGETHER;
        if (alone) {
            write(List.of(push));
        } else {
            together.ask(push);
        }
        return push.parsed();
    }

    /** Pushes a manifest to a place that is found when it is written, and returns what was read of it. */
    public ParsedManifest push(Destination destination, Order order) {
        Waiting push = waiting(destination, order, true);
        write(List.of(push));
        return push.parsed();
    }

    /**
     * Pushes a manifest that is fetched for a project which mirrors another registry: what it names may come later, when
     * somebody asks for it, and belongs to it from now on.
     */
    public void pushAhead(Destination destination, Order order) {
        write(List.of(waiting(destination, order, false)));
    }

    private Waiting waiting(Destination destination, Order order, boolean complete) {
        ParsedManifest parsed = ParsedManifest.parse(order.content(), order.contentType());
        @Nullable Descriptor config = parsed.config();
        // Nothing is fetched from the store while the transaction holds rows.
        @Nullable
        String known = config == null || config.size() > SmallBlobs.LARGEST ? configs.attributes(config, null) : null;
        return new Waiting(destination, order, parsed, known, complete);
    }

    private List<Long> write(List<Waiting> pushes) {
        return database.transact(handle -> write(handle, pushes));
    }

    private List<Long> write(Handle handle, List<Waiting> pushes) throws SQLException {
        List<Arrived> arrived = new ArrayList<>();
        List<PushSql.Wanted> wanted = new ArrayList<>();
        for (Waiting push : pushes) {
            Arrived each = enter(handle, push);
            arrived.add(each);
            wanted.add(
                    new PushSql.Wanted(each.place(), push.parsed(), push.order().digest()));
        }
        List<Map<String, PushSql.Present>> present = PushSql.blobs(handle, wanted);
        List<ManifestPush> checked = new ArrayList<>();
        List<PushWriteSql.Row> rows = new ArrayList<>();
        for (int i = 0; i < arrived.size(); i++) {
            Arrived each = arrived.get(i);
            List<PushWriteSql.Content> uncounted = uncounted(each.push().order(), present.get(i));
            Map<String, Long> children =
                    children(handle, each.place(), each.push().parsed());
            ManifestPush push = check(handle, each, present.get(i), children, uncounted);
            checked.add(push);
            rows.add(row(each, present.get(i), children, uncounted, push));
        }
        List<Long> ids = PushWriteSql.write(handle, rows);
        for (int i = 0; i < ids.size(); i++) {
            tell(handle, checked.get(i), pushes.get(i).parsed(), ids.get(i));
        }
        return ids;
    }

    private Arrived enter(Handle handle, Waiting push) throws SQLException {
        Target target = push.destination().find(handle);
        for (PushRule rule : hooks.pushRules()) {
            rule.checkWriting(target.project(), target.terms());
        }
        for (PushRule rule : hooks.pushRules()) {
            rule.enter(handle, target.project(), target.terms());
        }
        return new Arrived(push, target, target.placeOrCreate(handle, time.instant()));
    }

    private static List<PushWriteSql.Content> uncounted(Order order, Map<String, PushSql.Present> blobs) {
        List<PushWriteSql.Content> uncounted = new ArrayList<>();
        blobs.forEach((digest, blob) -> {
            if (!blob.counted()) {
                uncounted.add(new PushWriteSql.Content(digest, blob.size()));
            }
        });
        if (!blobs.containsKey(order.digest().toString())) {
            uncounted.add(new PushWriteSql.Content(order.digest().toString(), order.content().length));
        }
        return uncounted;
    }

    private ManifestPush check(
            Handle handle,
            Arrived arrived,
            Map<String, PushSql.Present> blobs,
            Map<String, Long> children,
            List<PushWriteSql.Content> uncounted) {
        Waiting waiting = arrived.push();
        if (waiting.complete()) {
            requireAll(arrived.place(), waiting.parsed(), blobs.keySet(), children.keySet());
        }
        ManifestPush push = new ManifestPush(
                arrived.place(),
                arrived.target().terms(),
                waiting.order().digest(),
                waiting.parsed().mediaType(),
                waiting.order().tags(),
                uncounted.stream().mapToLong(PushWriteSql.Content::size).sum(),
                waiting.order().username(),
                time.instant());
        hooks.pushRules().forEach(rule -> rule.checkManifest(handle, push));
        return push;
    }

    private PushWriteSql.Row row(
            Arrived arrived,
            Map<String, PushSql.Present> blobs,
            Map<String, Long> children,
            List<PushWriteSql.Content> uncounted,
            ManifestPush push) {
        Waiting waiting = arrived.push();
        ParsedManifest parsed = waiting.parsed();
        Order order = waiting.order();
        List<String> named = parsed.blobs().stream()
                .filter(digest -> !waiting.complete() || blobs.containsKey(digest))
                .toList();
        Map<String, Long> declared = parsed.declaredSizes();
        long size = order.content().length
                + named.stream()
                        .mapToLong(digest -> size(blobs.get(digest), declared.get(digest)))
                        .sum()
                + children.values().stream().mapToLong(Long::longValue).sum();
        @Nullable String known = waiting.known();
        return new PushWriteSql.Row(
                arrived.place(),
                order.digest(),
                parsed,
                order.content(),
                size,
                known == null ? attributes(parsed.config(), blobs) : known,
                named,
                uncounted,
                order.tags(),
                activities(push),
                order.username(),
                push.at());
    }

    private String attributes(@Nullable Descriptor config, Map<String, PushSql.Present> blobs) {
        PushSql.@Nullable Present blob =
                config == null ? null : blobs.get(config.digest().toString());
        return configs.attributes(config, blob == null ? null : blob.config());
    }

    private static long size(PushSql.@Nullable Present blob, @Nullable Long declared) {
        if (blob != null) {
            return blob.size();
        }
        return declared == null ? 0 : declared;
    }

    private static Map<String, Long> children(Handle handle, Place place, ParsedManifest parsed) {
        if (parsed.children().isEmpty()) {
            return Map.of();
        }
        List<String> digests = parsed.children().stream()
                .map(child -> child.digest().toString())
                .distinct()
                .toList();
        Map<String, Long> present = PushSql.manifests(handle, place.repositoryId(), digests);
        if (PushSql.depth(handle, place.repositoryId(), digests, ParsedManifest.DEEPEST) == ParsedManifest.DEEPEST) {
            throw Failure.Invalid.coded(
                    ErrorCode.MANIFEST_INVALID,
                    "Indexes lie deeper than %d in each other.".formatted(ParsedManifest.DEEPEST));
        }
        return present;
    }

    private static void requireAll(Place place, ParsedManifest parsed, Set<String> blobs, Set<String> manifests) {
        List<String> missing = new ArrayList<>(parsed.requiredBlobs());
        missing.removeIf(blobs::contains);
        if (!place.project().isOn(SPARSE)) {
            parsed.children().stream()
                    .map(child -> child.digest().toString())
                    .filter(digest -> !manifests.contains(digest))
                    .distinct()
                    .forEach(missing::add);
        }
        if (!missing.isEmpty()) {
            throw Failure.Invalid.coded(
                    ErrorCode.MANIFEST_BLOB_UNKNOWN,
                    "The manifest names content that the repository does not have.",
                    missing);
        }
    }

    private static List<Activity> activities(ManifestPush push) {
        Stream<String> references =
                push.tags().isEmpty() ? Stream.of(push.digest().toString()) : push.tags().stream();
        return references
                .map(reference -> Activity.ofArtifact(
                        push.at(),
                        push.username(),
                        push.place().project().id(),
                        "push",
                        push.place().name(),
                        reference))
                .toList();
    }

    private void tell(Handle handle, ManifestPush push, ParsedManifest parsed, long id) {
        @Nullable Descriptor subject = parsed.subject();
        ContentListener.Pushed pushed = new ContentListener.Pushed(
                push.place(),
                push.terms(),
                id,
                push.digest(),
                push.mediaType(),
                parsed.kind(),
                subject == null ? null : subject.digest(),
                push.tags(),
                push.username(),
                push.at());
        hooks.listeners().forEach(listener -> listener.pushed(handle, pushed));
    }
}
