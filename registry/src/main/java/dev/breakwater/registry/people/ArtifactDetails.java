package dev.breakwater.registry.people;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.ArtifactRegister.Child;
import dev.breakwater.registry.ArtifactRegister.Config;
import dev.breakwater.registry.ArtifactRegister.Details;
import dev.breakwater.registry.ArtifactRegister.Entry;
import dev.breakwater.registry.ArtifactRegister.Layer;
import dev.breakwater.registry.ArtifactRegister.Referrer;
import dev.breakwater.registry.ArtifactRegister.Step;
import dev.breakwater.registry.ArtifactRegister.TagEntry;
import dev.breakwater.registry.artifact.AccessoryStore;
import dev.breakwater.registry.artifact.ArtifactListStore;
import dev.breakwater.registry.artifact.ArtifactListStore.Artifact;
import dev.breakwater.registry.artifact.BuildSteps;
import dev.breakwater.registry.artifact.ImageConfigs;
import dev.breakwater.registry.artifact.Platforms;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.manifest.Tag;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.RepositoryStore;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * All about an artifact, from its rows, its manifest and its configuration. What others wrote is bounded before it is
 * shown: how many steps, variables and labels there are, and how long each is.
 */
public final class ArtifactDetails {

    private static final int MOST_TAGS = 100;
    private static final int MOST_STEPS = 200;
    private static final int MOST_VALUES = 100;
    private static final int MOST_REFERRERS = 100;
    private static final int MOST_INDEXES = 10;
    private static final int LONGEST_VALUE = 2_000;
    private static final int LONGEST_MANIFEST = 128 * 1_024;

    private final ImageConfigs configs;
    private final ImmutableRules rules;

    /** Reads configurations with {@code configs}; which tags are immutable, the rules tell. */
    public ArtifactDetails(ImageConfigs configs, ImmutableRules rules) {
        this.configs = configs;
        this.rules = rules;
    }

    /** What the database has of an artifact. */
    @SuppressWarnings("ArrayRecordComponent") // Nobody compares them.
    record Rows(
            Artifact artifact,
            Entry entry,
            byte[] content,
            List<TagEntry> tags,
            Map<String, Long> childSizes,
            List<Referrer> referrers,
            List<String> indexes,
            long pulls) {}

    /** Reads the rows of an artifact. */
    Rows read(Handle handle, Place place, Manifest manifest) {
        long id = manifest.id();
        Failure.NotFound gone = new Failure.NotFound("The artifact was deleted just now.");
        Artifact artifact = ArtifactListStore.find(handle, id).orElseThrow(() -> gone);
        List<Tag> tags =
                TagStore.newestOfManifests(handle, List.of(id), MOST_TAGS).getOrDefault(id, List.of());
        Set<String> immutable = rules.among(
                handle,
                place.project(),
                place.name(),
                tags.stream().map(Tag::name).toList());
        Map<String, Long> childSizes = new HashMap<>();
        ManifestStore.children(handle, id)
                .forEach(child -> childSizes.put(child.digest().toString(), child.size()));
        return new Rows(
                artifact,
                PeopleArtifacts.entries(handle, List.of(artifact)).getFirst(),
                ManifestStore.content(handle, id).orElseThrow(() -> gone),
                tags.stream()
                        .map(tag -> new TagEntry(
                                tag.name(),
                                tag.pushedAt(),
                                Optional.ofNullable(tag.pulledAt()),
                                immutable.contains(tag.name())))
                        .toList(),
                childSizes,
                AccessoryStore.list(handle, id, Condition.NONE, " ORDER BY m.id DESC, a.type", 0, MOST_REFERRERS)
                        .stream()
                        .map(each -> new Referrer(
                                each.digest(),
                                each.type(),
                                Optional.ofNullable(each.artifactType()).orElse(""),
                                each.size(),
                                each.createdAt()))
                        .toList(),
                ArtifactListStore.indexes(handle, manifest, MOST_INDEXES),
                RepositoryStore.pulls(handle, place.repositoryId()));
    }

    /** All about an artifact; reads its configuration, so it does not belong within a query. */
    Details of(Rows rows) {
        Manifest manifest = rows.artifact().manifest();
        JsonNode parsed = ImageConfigs.parse(rows.content());
        boolean image = rows.artifact().type().equals("IMAGE") && manifest.configType() != null;
        @Nullable JsonNode config = image ? configs.of(parsed) : null;
        List<Layer> layers = parsed.path("layers")
                .valueStream()
                .map(each -> new Layer(
                        each.path("digest").asString(""),
                        each.path("mediaType").asString(""),
                        each.path("size").asLong(0)))
                .toList();
        List<Step> steps = config == null
                ? layers.stream().map(layer -> new Step("", layer)).toList()
                : BuildSteps.of(config.path("history"), layers);
        String text = new String(
                rows.content(), 0, Math.min(rows.content().length, LONGEST_MANIFEST), StandardCharsets.UTF_8);
        return new Details(
                rows.entry(),
                rows.tags(),
                config == null || config.isEmpty() ? null : config(config),
                steps.subList(0, Math.min(steps.size(), MOST_STEPS)),
                Math.max(0, steps.size() - MOST_STEPS),
                children(parsed, rows.childSizes()),
                rows.referrers(),
                Optional.ofNullable(manifest.subject()).map(Digest::toString),
                rows.indexes(),
                sorted(manifest.annotations()),
                text,
                rows.content().length,
                rows.pulls());
    }

    private static List<Child> children(JsonNode index, Map<String, Long> sizes) {
        return Platforms.descriptions(index).stream()
                .map(each -> {
                    String digest = each.path("digest").asString("");
                    return new Child(
                            digest,
                            cut(Platforms.name(each.path("platform"))),
                            cut(Platforms.purpose(each)),
                            Optional.ofNullable(sizes.get(digest)));
                })
                .toList();
    }

    private static Config config(JsonNode image) {
        JsonNode run = image.path("config");
        return new Config(
                cut(Platforms.name(image)),
                cut(image.path("created").asString("")),
                cut(image.path("author").asString("")),
                cut(run.path("User").asString("")),
                cut(run.path("WorkingDir").asString("")),
                texts(run.path("Entrypoint").valueStream()),
                texts(run.path("Cmd").valueStream()),
                texts(run.path("Env").valueStream()),
                names(run.path("ExposedPorts")),
                names(run.path("Volumes")),
                labels(run.path("Labels")));
    }

    private static List<String> texts(Stream<JsonNode> values) {
        return values.limit(MOST_VALUES).map(each -> cut(each.asString(""))).toList();
    }

    private static List<String> names(JsonNode object) {
        return object.propertyNames().stream()
                .limit(MOST_VALUES)
                .map(ArtifactDetails::cut)
                .toList();
    }

    private static Map<String, String> labels(JsonNode object) {
        Map<String, String> labels = new TreeMap<>();
        object.properties().stream()
                .limit(MOST_VALUES)
                .forEach(each ->
                        labels.put(cut(each.getKey()), cut(each.getValue().asString(""))));
        return labels;
    }

    private static Map<String, String> sorted(Map<String, String> annotations) {
        Map<String, String> sorted = new LinkedHashMap<>();
        annotations.entrySet().stream()
                .sorted(Map.Entry.comparingByKey())
                .limit(MOST_VALUES)
                .forEach(each -> sorted.put(cut(each.getKey()), cut(each.getValue())));
        return sorted;
    }

    private static String cut(String text) {
        return text.length() > LONGEST_VALUE ? text.substring(0, LONGEST_VALUE) + "…" : text;
    }
}
