package dev.breakwater.registry.current.artifact;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Places;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.manifest.MediaTypes;
import dev.breakwater.registry.repository.Place;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/** Scans of artifacts, and what they found (registry.md 3.4, 3.6). */
public final class ScanHandlers {

    private static final String VULNERABILITY = "vulnerability";

    private final Database database;
    private final Scanner scanner;

    /** Answers with what these know. */
    public ScanHandlers(Database database, Scanner scanner) {
        this.database = database;
        this.scanner = scanner;
    }

    /** {@code POST …/scan}: of the artifact, or of all that an index names. */
    public Answer scan(Call call, Rights rights) {
        return each(
                call,
                rights,
                Action.CREATE,
                (handle, place, manifest) -> scanner.request(
                        handle,
                        new Scanner.Target(
                                place.project().id(),
                                place.name(),
                                manifest.digest().toString(),
                                manifest.mediaType(),
                                rights.caller().name())));
    }

    /** {@code POST …/scan/stop}. */
    public Answer stop(Call call, Rights rights) {
        return each(
                call,
                rights,
                Action.STOP,
                (handle, place, manifest) ->
                        scanner.stop(handle, manifest.digest().toString()));
    }

    /** What is done with a manifest that can be scanned. */
    @FunctionalInterface
    private interface Work {
        void apply(Handle handle, Place place, Manifest manifest);
    }

    private Answer each(Call call, Rights rights, Action action, Work work) {
        String type = call.body().length == 0
                ? VULNERABILITY
                : Body.of(call)
                        .text("scan_type")
                        .filter(text -> !text.isEmpty())
                        .orElse(VULNERABILITY);
        database.transact(handle -> {
            Place place = ArtifactHandlers.place(handle, call, rights, Resource.SCAN, action);
            Manifest manifest = Places.artifact(handle, place, call.pathParameter("reference"));
            if (scanner.about().isEmpty()) {
                throw new Failure.NotFound(
                        "no available scanner for project: " + place.project().id());
            }
            if (!type.equals(VULNERABILITY)) {
                throw new Failure.Unprocessable("scan_type in body should be one of [" + VULNERABILITY + "]");
            }
            List<Manifest> manifests = MediaTypes.isIndex(manifest.mediaType())
                    ? ManifestStore.children(handle, manifest.id())
                    : List.of(manifest);
            List<Manifest> supported = manifests.stream()
                    .filter(each -> scanner.supports(each.mediaType(), each.configType()))
                    .toList();
            if (supported.isEmpty()) {
                throw new Failure.Invalid("the configured scanner does not support scanning artifact with mime type "
                        + manifest.mediaType());
            }
            supported.forEach(each -> work.apply(handle, place, each));
            return true;
        });
        return Answer.empty(202);
    }

    /** {@code GET …/scan/{report_id}/log}. */
    public Answer log(Call call, Rights rights) {
        String report = call.pathParameter("report_id");
        return database.query(handle -> {
            Place place = ArtifactHandlers.place(handle, call, rights, Resource.SCAN, Action.READ);
            Manifest manifest = Places.artifact(handle, place, call.pathParameter("reference"));
            String log = scanner.log(handle, manifest.digest().toString(), report)
                    .orElseThrow(() -> new Failure.NotFound("report with UUID " + report + " does not exist"));
            return Answer.of(200, "text/plain; charset=utf-8", log.getBytes(StandardCharsets.UTF_8));
        });
    }

    /** {@code GET …/additions/vulnerabilities}: the report by its type; nothing before there is one. */
    public Answer vulnerabilities(Call call, Rights rights) {
        String type = ArtifactViews.reportType(call);
        return database.query(handle -> {
            Place place = ArtifactHandlers.place(handle, call, rights, Resource.ARTIFACT_ADDITION, Action.READ);
            Manifest manifest = Places.artifact(handle, place, call.pathParameter("reference"));
            Shape reports = new Shape();
            scanner.report(handle, manifest.digest().toString()).ifPresent(report -> reports.node(type, shape(report)));
            return reports.answer();
        });
    }

    private static JsonNode shape(Scanner.Report report) {
        return new Shape()
                .time("generated_at", report.generatedAt())
                .node("scanner", ArtifactViews.scanner(report.scanner()))
                .text("severity", report.severity().label())
                .list("vulnerabilities", Shape.each(report.vulnerabilities(), ScanHandlers::shape))
                .build();
    }

    private static JsonNode shape(Scanner.Vulnerability finding) {
        Shape shape = new Shape()
                .text("id", finding.id())
                .text("package", finding.packageName())
                .text("version", finding.version())
                .text("fix_version", finding.fixVersion())
                .text("severity", finding.severity().label())
                .text("description", finding.description())
                .list("links", texts(finding.links()))
                .list("cwe_ids", texts(finding.cweIds()));
        @Nullable Double score = finding.cvss();
        if (score != null) {
            shape.node(
                    "preferred_cvss",
                    new Shape()
                            .node("score_v3", JsonNodeFactory.instance.numberNode(score))
                            .build());
        }
        return shape.build();
    }

    private static List<JsonNode> texts(List<String> texts) {
        return Shape.each(texts, JsonNodeFactory.instance::stringNode);
    }
}
