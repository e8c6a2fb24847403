package dev.breakwater.tenancy.audit;

import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Writes the audit trail. */
public final class AuditTrail implements Audit {

    /** The actor of what the installation does by itself. */
    public static final String INSTALLATION = "installation";

    private final TimeSource time;
    private final Ids ids;
    private final List<Runnable> afterEach = new CopyOnWriteArrayList<>();

    /** Entries bear the time of this clock and ids of this generator. */
    public AuditTrail(TimeSource time, Ids ids) {
        this.time = time;
        this.ids = ids;
    }

    @Override
    public void record(Handle handle, Call call, @Nullable UUID organization, String action, String target) {
        Principal caller = call.principal();
        AuditStore.insert(
                handle,
                new AuditEntry(
                        ids.next(),
                        time.instant(),
                        organization,
                        actor(caller),
                        caller.name(),
                        action,
                        target,
                        call.requestId(),
                        call.clientAddress()));
        handle.afterCommit(() -> afterEach.forEach(Runnable::run));
    }

    @Override
    public void afterEach(Runnable work) {
        afterEach.add(work);
    }

    /** Adds an entry for what the installation does by itself, without any request. */
    public void recordOwn(Handle handle, @Nullable UUID organization, String action, String target) {
        AuditStore.insert(
                handle,
                new AuditEntry(
                        ids.next(), time.instant(), organization, INSTALLATION, INSTALLATION, action, target, "", ""));
    }

    /** How the admin API spells a caller. */
    public static String actor(Principal caller) {
        return switch (caller.kind()) {
            case ANONYMOUS -> "anonymous";
            case USER -> Ids.text("usr", caller.id());
            case SERVICE_ACCOUNT -> Ids.text("sa", caller.id());
            case ROBOT -> Ids.text("robot", caller.id());
            case API_KEY -> Ids.text("key", caller.id());
        };
    }
}
