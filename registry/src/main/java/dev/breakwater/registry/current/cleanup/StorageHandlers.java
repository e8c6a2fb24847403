package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.scrub.AuditReport;
import dev.breakwater.registry.scrub.ScrubReport;
import dev.breakwater.registry.scrub.Scrubs;
import dev.breakwater.registry.scrub.StorageAudit;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code /system/storage/audit} and {@code /system/scrub}, which only this registry has: whether the store holds what it
 * should, and whether its bytes are sound.
 */
final class StorageHandlers {

    private final StorageAudit audit;
    private final Scrubs scrubs;

    StorageHandlers(StorageAudit audit, Scrubs scrubs) {
        this.audit = audit;
        this.scrubs = scrubs;
    }

    /** {@code GET /system/storage/audit}: the last one. */
    public Answer readAudit(Call call, Rights rights) {
        Checks.administrator(rights);
        return Shape.answer(audit.latest().map(StorageHandlers::shape).orElseGet(() -> new Shape().build()));
    }

    private static JsonNode shape(AuditReport report) {
        return new Shape()
                .number("id", report.id())
                .time("start_time", report.startedAt())
                .time("end_time", report.endedAt())
                .number("stored", report.stored())
                .number("strays", report.strays())
                .number("removed", report.removed())
                .number("missing", report.missing())
                .number("healed", report.healed())
                .build();
    }

    /** {@code POST /system/storage/audit}: begin one. */
    public Answer audit(Call call, Rights rights) {
        Checks.administrator(rights);
        audit.begin();
        return Answer.empty(202);
    }

    /** {@code GET /system/scrub}: the last walk. */
    public Answer readScrub(Call call, Rights rights) {
        Checks.administrator(rights);
        return Shape.answer(scrubs.latest().map(StorageHandlers::shape).orElseGet(() -> new Shape().build()));
    }

    private static JsonNode shape(ScrubReport report) {
        return new Shape()
                .number("id", report.id())
                .time("start_time", report.startedAt())
                .time("end_time", report.endedAt())
                .truth("complete", report.complete())
                .number("blobs", report.blobs())
                .number("bytes", report.bytes())
                .list("findings", Shape.each(report.findings(), StorageHandlers::shape))
                .build();
    }

    private static JsonNode shape(ScrubReport.Finding finding) {
        return new Shape()
                .text("digest", finding.digest())
                .text("finding", finding.finding())
                .text("detail", finding.detail())
                .time("found_time", finding.foundAt())
                .time("healed_time", finding.healedAt())
                .list("repositories", Shape.each(finding.repositories(), JsonNodeFactory.instance::stringNode))
                .build();
    }

    /** {@code POST /system/scrub}: begin a walk. */
    public Answer scrub(Call call, Rights rights) {
        Checks.administrator(rights);
        scrubs.begin();
        return Answer.empty(202);
    }
}
