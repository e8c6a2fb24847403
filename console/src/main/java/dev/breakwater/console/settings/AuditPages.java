package dev.breakwater.console.settings;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Pager;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.tenancy.AuditLog;
import java.util.List;

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
     * @param pager the way on
     */
    public record Model(
            Frame frame,
            String requestId,
            String action,
            String actor,
            String from,
            String until,
            List<AuditLog.Entry> entries,
            Pager pager) {

        /** Whether anything narrows the list. */
        public boolean filtered() {
            return !(requestId + action + actor + from + until).isEmpty();
        }
    }

    /** {@code GET /settings/audit}. */
    public Answer list(Visit visit) {
        visit.require(AuditLog.VIEW);
        Query query = Query.of(visit);
        AuditLog.Filter filter = new AuditLog.Filter(
                query.optional("action"),
                query.optional("actor"),
                query.optional("request"),
                query.time("from"),
                query.time("until"));
        Page<AuditLog.Entry> page =
                log.list(visit.call().principal(), visit.organization().id(), filter, query.page(AuditLog.PREFIX));
        return templates.answer(
                200,
                "settings/audit.jte",
                new Model(
                        visit.frame("Audit log", Section.AUDIT),
                        query.shown("request"),
                        query.shown("action"),
                        query.shown("actor"),
                        query.shown("from"),
                        query.shown("until"),
                        page.items(),
                        Pager.of(query, page)));
    }
}
