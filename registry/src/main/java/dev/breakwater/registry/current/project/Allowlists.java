package dev.breakwater.registry.current.project;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.ActivityStore;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.scanning.Allowlist;
import dev.breakwater.registry.scanning.AllowlistStore;
import dev.breakwater.tenancy.Audit;
import java.time.Instant;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/** {@code /system/CVEAllowlist}, and the lists that projects show (registry.md 3.4, 3.6). */
public final class Allowlists {

    private static final int MOST_ITEMS = 10_000;
    private static final int LONGEST_ITEM = 128;

    private final Database database;
    private final TimeSource time;
    private final Audit audit;

    /** Keeps the lists in this database. */
    public Allowlists(Database database, TimeSource time, Audit audit) {
        this.database = database;
        this.time = time;
        this.audit = audit;
    }

    /** {@code GET}. */
    public Answer read(Call call, Rights rights) {
        Checks.known(rights);
        return Shape.answer(shape(database.query(handle -> AllowlistStore.find(handle, null))));
    }

    /** {@code PUT}. */
    public Answer write(Call call, Rights rights) {
        Checks.administrator(rights);
        Body body = Body.of(call);
        Instant now = time.instant();
        database.transact(handle -> {
            write(handle, null, body, now);
            ActivityStore.insert(
                    handle, Activity.of(now, rights.caller().name(), null, "update", "configuration", "CVEAllowlist"));
            audit.record(handle, call, null, "registry.cve_allowlist.updated", "system");
            return true;
        });
        return Shape.done();
    }

    /** Sets a list as a body asks; that of the system for null. */
    static void write(Handle handle, @Nullable Long project, Body body, Instant now) {
        List<String> items = body.objects("items").orElse(List.of()).stream()
                .map(item -> item.text("cve_id", LONGEST_ITEM))
                .filter(item -> !item.isEmpty())
                .distinct()
                .toList();
        if (items.size() > MOST_ITEMS) {
            throw new Failure.Invalid("an allowlist has at most " + MOST_ITEMS + " items");
        }
        AllowlistStore.put(handle, project, body.number("expires_at").orElse(null), items, now);
    }

    /** A list as it is shown. */
    static JsonNode shape(Allowlist list) {
        @Nullable Long project = list.projectId();
        return new Shape()
                .number("id", list.id())
                .number("project_id", project == null ? 0L : project.longValue())
                .number("expires_at", list.expiresAt())
                .list(
                        "items",
                        Shape.each(
                                list.items(),
                                item -> new Shape().text("cve_id", item).build()))
                .timeOrZero("creation_time", list.createdAt())
                .timeOrZero("update_time", list.updatedAt())
                .build();
    }
}
