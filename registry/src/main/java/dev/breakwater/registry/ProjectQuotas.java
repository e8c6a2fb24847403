package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * How much storage projects may use, for people (registry.md 3.3, 3.4). Projects are looked for in one organization
 * only. Changes are audited.
 */
public interface ProjectQuotas {

    /**
     * What a project uses.
     *
     * @param used in bytes
     * @param limit in bytes; empty for none
     * @param enforced whether limits are enforced at all
     * @param mayChange whether the caller may set the limit
     */
    record Usage(long used, OptionalLong limit, boolean enforced, boolean mayChange) {

        /** How much of the limit is used, from 0 to 100. */
        public long percent() {
            if (limit.isEmpty()) {
                return 0;
            }
            return used >= limit.getAsLong() ? 100 : (long) (100.0 * used / limit.getAsLong());
        }
    }

    /**
     * What a project uses.
     *
     * @throws Failure.NotFound when there is no such project for this caller
     * @throws Failure.Forbidden when the caller may not see it
     */
    Usage find(Principal caller, UUID organization, String project);

    /**
     * Sets the limit of a project, be it below what the project uses already.
     *
     * @param limit in bytes; empty for none
     * @throws Failure.Invalid naming the field {@code limit} when that cannot be a limit
     */
    void set(Call call, UUID organization, String project, OptionalLong limit);
}
