package dev.breakwater.tenancy;

import dev.breakwater.kernel.http.Call;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** The one audit trail: who changed what, when and from where. Secrets are never part of an entry. */
public interface Audit {

    /**
     * Adds an entry in the transaction of the change itself, so that neither exists without the other.
     *
     * @param handle the transaction of the change
     * @param call who asked, from which address, under which request id
     * @param organization whose change it is; null for the account as a whole
     * @param action in dotted terms, for example {@code webhook.created}
     * @param target the id of what was changed, as the API spells it
     */
    void record(Handle handle, Call call, @Nullable UUID organization, String action, String target);

    /**
     * Has this done after each change that is audited here, once it is committed: whoever remembers who may do what
     * forgets it, so that what one node changes counts there at once. What other nodes change is not told; who remembers
     * therefore does so for a second at most.
     */
    void afterEach(Runnable work);
}
