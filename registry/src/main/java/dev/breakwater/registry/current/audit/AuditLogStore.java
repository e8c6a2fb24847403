package dev.breakwater.registry.current.audit;

import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.activity.LogEntry;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.listing.Columns;
import dev.breakwater.registry.listing.Condition;
import java.util.List;
import org.jdbi.v3.core.Handle;

/** What happened, as this API lists it; there, what is pushed is created. */
final class AuditLogStore {

    private static final String OPERATION = "(CASE a.operation WHEN 'push' THEN 'create' ELSE a.operation END)";

    static final Columns COLUMNS = new Columns("a.id DESC")
            .number("id", "a.id")
            .text("username", "a.username")
            .text("resource", "a.resource")
            .text("resource_type", "a.resource_type")
            .text("operation", OPERATION)
            .truth("operation_result", "a.succeeded")
            .time("op_time", "a.at");

    private static final String FROM = " FROM registry.activity a WHERE true";

    private AuditLogStore() {}

    static List<LogEntry> list(Handle handle, Condition condition, String order, Page page) {
        return condition
                .bind(handle.createQuery("SELECT a.id, a.at, a.username, " + OPERATION + " AS operation,"
                        + " a.resource_type, a.resource, a.succeeded, a.description" + FROM + condition.sql() + order
                        + " LIMIT :limit OFFSET :offset"))
                .bind("limit", page.size())
                .bind("offset", page.offset())
                .map((row, context) -> ActivityStore.entry(row))
                .list();
    }

    static long count(Handle handle, Condition condition) {
        return condition
                .bind(handle.createQuery("SELECT count(*)" + FROM + condition.sql()))
                .mapTo(Long.class)
                .one();
    }
}
