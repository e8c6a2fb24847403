package dev.breakwater.registry.current.artifact;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.artifact.AccessoryStore;
import dev.breakwater.registry.artifact.ArtifactListStore;
import dev.breakwater.registry.artifact.ArtifactListStore.Artifact;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.label.LabelHandlers;
import dev.breakwater.registry.label.Label;
import dev.breakwater.registry.label.LabelStore;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.Tag;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.project.Project;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** Artifacts as they are shown (registry.md 3.3, 3.7), with as much about them as a call asks for. */
public final class ArtifactViews {

    private static final String ACCEPT = "X-Accept-Vulnerabilities";
    static final String GENERIC_REPORT = "application/vnd.security.vulnerability.report; version=1.1";
    static final String NATIVE_REPORT = "application/vnd.scanner.adapter.vuln.report.harbor+json; version=1.0";

    private final Scanner scanner;
    private final ImmutableTags immutable;

    /** Shows what this scanner found, and which tags these protect. */
    public ArtifactViews(Scanner scanner, ImmutableTags immutable) {
        this.scanner = scanner;
        this.immutable = immutable;
    }

    /** What a call wants to see. */
    record Wishes(
            boolean tags, boolean labels, boolean accessories, boolean scans, boolean immutability, String reportType) {

        static Wishes of(Call call) {
            return new Wishes(
                    Numbers.isOn(call, "with_tag", true),
                    Numbers.isOn(call, "with_label", false),
                    Numbers.isOn(call, "with_accessory", false),
                    Numbers.isOn(call, "with_scan_overview", false),
                    Numbers.isOn(call, "with_immutable_status", false),
                    ArtifactViews.reportType(call));
        }
    }

    /** The type of report that a call accepts, of those that there are; the generic one when it names none. */
    static String reportType(Call call) {
        String accepted = call.header(ACCEPT).orElse("").replace(" ", "");
        int generic = accepted.indexOf(GENERIC_REPORT.replace(" ", ""));
        int own = accepted.indexOf(NATIVE_REPORT.replace(" ", ""));
        return own >= 0 && (generic < 0 || own < generic) ? NATIVE_REPORT : GENERIC_REPORT;
    }

    /** What is shown of some artifacts, gathered in a few queries. */
    private record Facts(
            Map<Long, List<Tag>> tags,
            Map<Long, List<Label>> labels,
            Map<Long, List<AccessoryStore.Accessory>> accessories,
            Map<Long, List<ArtifactListStore.Child>> children,
            Map<String, Scanner.Overview> scans,
            Set<String> immutable) {}

    /** Some artifacts of one project. */
    List<JsonNode> of(Handle handle, Project project, List<Artifact> artifacts, Wishes wishes) {
        Facts facts = facts(handle, project, artifacts, wishes);
        return Shape.each(artifacts, artifact -> shape(project, artifact, facts, wishes));
    }

    private Facts facts(Handle handle, Project project, List<Artifact> artifacts, Wishes wishes) {
        List<Long> ids =
                artifacts.stream().map(artifact -> artifact.manifest().id()).toList();
        List<Long> indexes = artifacts.stream()
                .map(Artifact::manifest)
                .filter(manifest -> manifest.configType() == null)
                .map(Manifest::id)
                .toList();
        Map<Long, List<Tag>> tags = wishes.tags() ? TagStore.ofManifests(handle, ids) : Map.of();
        return new Facts(
                tags,
                wishes.labels() ? LabelStore.ofManifests(handle, ids) : Map.of(),
                wishes.accessories() ? AccessoryStore.of(handle, ids) : Map.of(),
                indexes.isEmpty() ? Map.of() : ArtifactListStore.children(handle, indexes),
                wishes.scans()
                        ? scanner.overviews(
                                handle,
                                artifacts.stream()
                                        .map(artifact ->
                                                artifact.manifest().digest().toString())
                                        .toList())
                        : Map.of(),
                wishes.immutability() ? immutableTags(handle, project, artifacts, tags) : Set.of());
    }

    /** The immutable tags, as {@code repository:tag}. */
    private Set<String> immutableTags(
            Handle handle, Project project, List<Artifact> artifacts, Map<Long, List<Tag>> tags) {
        Map<String, List<String>> byRepository = new HashMap<>();
        for (Artifact artifact : artifacts) {
            List<String> names = byRepository.computeIfAbsent(artifact.repository(), any -> new ArrayList<>());
            tags.getOrDefault(artifact.manifest().id(), List.of()).forEach(tag -> names.add(tag.name()));
        }
        Set<String> found = new HashSet<>();
        byRepository.forEach((repository, names) -> immutable
                .among(handle, project, repository, names)
                .forEach(name -> found.add(repository + ":" + name)));
        return found;
    }

    private JsonNode shape(Project project, Artifact artifact, Facts facts, Wishes wishes) {
        Manifest manifest = artifact.manifest();
        String configType = manifest.configType() == null ? manifest.mediaType() : manifest.configType();
        long id = manifest.id();
        Shape shape = new Shape()
                .number("id", id)
                .number("project_id", artifact.projectId())
                .number("repository_id", manifest.repositoryId())
                .text("repository_name", artifact.repository())
                .text("type", artifact.type())
                .text("media_type", configType)
                .text("manifest_media_type", manifest.mediaType())
                .text("artifact_type", manifest.artifactType() == null ? configType : manifest.artifactType())
                .text("digest", manifest.digest().toString())
                .number("size", manifest.size())
                .time("push_time", manifest.pushedAt())
                .timeOrZero("pull_time", manifest.pulledAt())
                .texts("annotations", manifest.annotations())
                .node("extra_attrs", Json.mapper().readTree(manifest.attributes()))
                .list("references", references(artifact, facts.children().getOrDefault(id, List.of())))
                .node("addition_links", additions(project, artifact))
                .list(
                        "tags",
                        Shape.each(
                                facts.tags().getOrDefault(id, List.of()),
                                tag -> tag(tag, facts.immutable().contains(artifact.repository() + ":" + tag.name()))))
                .list("labels", Shape.each(facts.labels().getOrDefault(id, List.of()), LabelHandlers::shape))
                .list(
                        "accessories",
                        Shape.each(facts.accessories().getOrDefault(id, List.of()), ArtifactViews::accessory));
        Scanner.@Nullable Overview scan = facts.scans().get(manifest.digest().toString());
        if (scan != null) {
            shape.node(
                    "scan_overview",
                    new Shape().node(wishes.reportType(), overview(scan)).build());
        }
        return shape.build();
    }

    /** A tag as it is shown. */
    static JsonNode tag(Tag tag, boolean immutable) {
        return new Shape()
                .number("id", tag.id())
                .number("repository_id", tag.repositoryId())
                .number("artifact_id", tag.manifestId())
                .text("name", tag.name())
                .time("push_time", tag.pushedAt())
                .timeOrZero("pull_time", tag.pulledAt())
                .truth("immutable", immutable)
                .build();
    }

    /** An accessory as it is shown. */
    static JsonNode accessory(AccessoryStore.Accessory accessory) {
        return new Shape()
                .number("id", accessory.id())
                .number("artifact_id", accessory.id())
                .number("subject_artifact_id", accessory.subjectId())
                .text("subject_artifact_digest", accessory.subjectDigest())
                .text("subject_artifact_repo", accessory.subjectRepository())
                .number("size", accessory.size())
                .text("digest", accessory.digest())
                .text("type", accessory.type())
                .time("creation_time", accessory.createdAt())
                .build();
    }

    private JsonNode overview(Scanner.Overview scan) {
        Map<String, Long> counts = new TreeMap<>();
        scan.counts().forEach((severity, count) -> counts.put(severity.label(), count.longValue()));
        Shape summary = new Shape();
        counts.forEach(summary::number);
        Shape shape = new Shape()
                .text("report_id", scan.reportId())
                .text("scan_status", scan.status().label())
                .text("severity", scan.severity().label())
                .number("complete_percent", scan.status() == Scanner.Status.SUCCESS ? 100 : 0)
                .number("duration", seconds(scan.startedAt(), scan.endedAt()))
                .time("start_time", scan.startedAt())
                .time("end_time", scan.endedAt())
                .node(
                        "summary",
                        new Shape()
                                .number(
                                        "total",
                                        counts.values().stream()
                                                .mapToLong(Long::longValue)
                                                .sum())
                                .number("fixable", scan.fixable())
                                .node("summary", summary.build())
                                .build());
        scanner.about().ifPresent(about -> shape.node("scanner", scanner(about)));
        return shape.build();
    }

    /** A scanner as it is shown. */
    static JsonNode scanner(Scanner.About about) {
        return new Shape()
                .text("name", about.name())
                .text("vendor", about.vendor())
                .text("version", about.version())
                .build();
    }

    private static long seconds(@Nullable Instant start, @Nullable Instant end) {
        return start == null || end == null ? 0 : Duration.between(start, end).toSeconds();
    }

    private JsonNode additions(Project project, Artifact artifact) {
        Shape links = new Shape();
        for (String addition : Additions.of(artifact.type(), artifact.manifest())) {
            links.node(addition, link(project, artifact, addition));
        }
        if (canBeScanned(artifact.manifest())) {
            links.node("vulnerabilities", link(project, artifact, "vulnerabilities"));
        }
        return links.build();
    }

    private boolean canBeScanned(Manifest manifest) {
        return scanner.about().isPresent() && scanner.supports(manifest.mediaType(), manifest.configType());
    }

    private static JsonNode link(Project project, Artifact artifact, String addition) {
        return new Shape()
                .truth("absolute", false)
                .text(
                        "href",
                        location(project, artifact.repository()) + "/artifacts/"
                                + artifact.manifest().digest() + "/additions/" + addition)
                .build();
    }

    /** The path of a repository in this API. */
    static String location(Project project, String repository) {
        String rest = repository.substring(project.name().length() + 1);
        return "/api/v2.0/projects/" + project.name() + "/repositories/" + encode(encode(rest));
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static List<JsonNode> references(Artifact artifact, List<ArtifactListStore.Child> children) {
        List<JsonNode> descriptions = descriptions(artifact.index());
        List<JsonNode> references = new ArrayList<>();
        for (int i = 0; i < children.size(); i++) {
            ArtifactListStore.Child child = children.get(i);
            references.add(reference(child, i < descriptions.size() ? descriptions.get(i) : null));
        }
        return references;
    }

    private static List<JsonNode> descriptions(byte @Nullable [] index) {
        if (index == null) {
            return List.of();
        }
        try {
            return Json.mapper().readTree(index).path("manifests").valueStream().toList();
        } catch (JacksonException e) {
            return List.of();
        }
    }

    private static JsonNode reference(ArtifactListStore.Child child, @Nullable JsonNode description) {
        Shape shape = new Shape()
                .number("parent_id", child.parentId())
                .number("child_id", child.childId())
                .text("child_digest", child.digest());
        if (description != null) {
            if (description.get("platform") instanceof ObjectNode platform) {
                shape.node("platform", platform(platform));
            }
            Map<String, String> annotations = new TreeMap<>();
            description
                    .path("annotations")
                    .properties()
                    .forEach(entry ->
                            annotations.put(entry.getKey(), entry.getValue().asString()));
            shape.texts("annotations", annotations);
            shape.list("urls", description.path("urls").valueStream().toList());
        }
        return shape.build();
    }

    private static JsonNode platform(ObjectNode platform) {
        Shape shape = new Shape();
        for (String member : List.of("architecture", "os", "os.version", "variant")) {
            Optional.ofNullable(platform.get(member))
                    .filter(JsonNode::isString)
                    .ifPresent(value -> shape.text(member, value.stringValue()));
        }
        JsonNode features = platform.path("os.features");
        shape.node("os.features", features.isArray() ? features : JsonNodeFactory.instance.arrayNode());
        return shape.build();
    }
}
