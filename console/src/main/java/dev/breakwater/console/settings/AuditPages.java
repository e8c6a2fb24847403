package dev.breakwater.console.settings;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.tenancy.AuditLog;

/** {@code /settings/audit}: who changed what, and under which request. */
public final class AuditPages {

    private final Templates templates;
    private final AuditLog log;

    /** Shows what tenancy knows. */
    public AuditPages(Templates templates, AuditLog log) {
        this.templates = templates;
        this.log = log;
    }

    /**
     * The list.
     *
     * @param frame around it
     * @param requestId the filter as it was typed
     * @param action likewise
     * @param actor likewise
     * @param from likewise
     * @param until likewise
     * @param entries of this page
     */
    public record Model(
            Frame frame,
            String requestId,
            String action,
            String actor,
            String from,
            String until,
            Listed<AuditLog.Entry> entries) {

        /** Whether anything narrows the list. */
        public boolean filtered() {
            return !(requestId + action + actor + from + until).isEmpty();
        }
    }

    /** {@code GET /settings/audit}. */
    public Answer list(Visit visit) {
        visit.require(AuditLog.VIEW);
        Query query = Query.of(visit);
        Listed<AuditLog.Entry> listed = Listed.of(
                query,
                () -> log.list(
                        visit.call().principal(),
                        visit.organization().id(),
                        filter(query),
                        query.page(AuditLog.PREFIX)));
        return templates.answer(
                listed.status(),
                "settings/audit.jte",
                new Model(
                        visit.frame("Audit log", Section.AUDIT),
                        query.shown("request"),
                        query.shown("action"),
                        query.shown("actor"),
                        query.shown("from"),
                        query.shown("until"),
                        listed));
    }

    private static AuditLog.Filter filter(Query query) {
        return new AuditLog.Filter(
                query.text("action"),
                query.text("actor"),
                query.text("request"),
                query.time("from"),
                query.time("until"));
    }
}
