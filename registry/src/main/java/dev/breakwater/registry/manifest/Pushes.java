package dev.breakwater.registry.manifest;

import dev.breakwater.kernel.db.Database;
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
import java.util.TreeMap;
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

    private final Database database;
    private final Hooks hooks;
    private final TimeSource time;
    private final ConfigReader configs;

    /** Asks and tells these hooks. */
    public Pushes(Database database, BlobStore blobs, Hooks hooks, TimeSource time) {
        this.database = database;
        this.hooks = hooks;
        this.time = time;
        this.configs = new ConfigReader(blobs);
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
     * Pushes a manifest, and returns what was read of it.
     *
     * @throws Failure.Invalid with the code {@code MANIFEST_INVALID}, or {@code MANIFEST_BLOB_UNKNOWN} with the digests
     *     of what is missing
     */
    public ParsedManifest push(Destination destination, Order order) {
        return push(destination, order, true);
    }

    /**
     * Pushes a manifest that is fetched for a project which mirrors another registry: what it names may come later, when
     * somebody asks for it, and belongs to it from now on.
     */
    public ParsedManifest pushAhead(Destination destination, Order order) {
        return push(destination, order, false);
    }

    private ParsedManifest push(Destination destination, Order order, boolean complete) {
        ParsedManifest parsed = ParsedManifest.parse(order.content(), order.contentType());
        @Nullable Descriptor config = parsed.config();
        // Nothing is fetched from the store while the transaction holds rows.
        @Nullable
        String known = config == null || config.size() > SmallBlobs.LARGEST ? configs.attributes(config, null) : null;
        database.transact(handle -> write(handle, destination.find(handle), parsed, known, order, complete));
        return parsed;
    }

    private long write(
            Handle handle,
            Target target,
            ParsedManifest parsed,
            @Nullable String attributes,
            Order order,
            boolean complete)
            throws SQLException {
        List<PushRule> rules = hooks.pushRules();
        rules.forEach(rule -> rule.checkWriting(target.project(), target.terms()));
        rules.forEach(rule -> rule.enter(handle, target.project(), target.terms()));
        Place place = target.placeOrCreate(handle, time.instant());
        Map<String, PushSql.Present> blobs = PushSql.blobs(handle, place, parsed, order.digest());
        Map<String, Long> children = children(handle, place, parsed);
        if (complete) {
            requireAll(place, parsed, blobs.keySet(), children.keySet());
        }

        Map<String, Long> uncounted = new TreeMap<>();
        blobs.forEach((digest, blob) -> {
            if (!blob.counted()) {
                uncounted.put(digest, blob.size());
            }
        });
        if (!blobs.containsKey(order.digest().toString())) {
            uncounted.put(order.digest().toString(), (long) order.content().length);
        }
        ManifestPush push = new ManifestPush(
                place,
                target.terms(),
                order.digest(),
                parsed.mediaType(),
                order.tags(),
                uncounted.values().stream().mapToLong(Long::longValue).sum(),
                order.username(),
                time.instant());
        rules.forEach(rule -> rule.checkManifest(handle, push));

        List<String> named = parsed.blobs().stream()
                .filter(digest -> !complete || blobs.containsKey(digest))
                .toList();
        Map<String, Long> declared = parsed.declaredSizes();
        long size = order.content().length
                + named.stream()
                        .mapToLong(digest -> size(blobs.get(digest), declared.get(digest)))
                        .sum()
                + children.values().stream().mapToLong(Long::longValue).sum();
        long id = PushSql.write(
                handle,
                new PushSql.Row(
                        place,
                        order.digest(),
                        parsed,
                        order.content(),
                        size,
                        attributes == null ? attributes(parsed.config(), blobs) : attributes,
                        named,
                        List.copyOf(uncounted.keySet()),
                        List.copyOf(uncounted.values()),
                        order.tags().stream().sorted().toList(),
                        activities(push),
                        order.username(),
                        push.at()));
        tell(handle, push, parsed, id);
        return id;
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
