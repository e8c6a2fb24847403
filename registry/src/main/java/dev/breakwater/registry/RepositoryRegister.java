package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;

/**
 * The repositories of a project, for people (registry.md 3.4). What somebody may do is decided by the role in the
 * project; changes are audited. A repository is named by its whole name, the project's included.
 */
public interface RepositoryRegister {

    /** The permission to push. */
    String PUSH = "repository:push";

    /** The permission to describe a repository. */
    String EDIT = "repository:update";

    /** The permission to delete a repository. */
    String DELETE = "repository:delete";

    /** The most characters of a description. */
    int LONGEST_DESCRIPTION = 65_536;

    /**
     * A repository.
     *
     * @param name the whole name
     * @param description what its owners say of it; empty for nothing
     * @param tags how many it has
     * @param artifacts how many it has, without those that belong to others
     * @param bytes of its blobs together, each once; those of deleted artifacts too, until they are collected
     * @param pulls how often something was pulled from it, at most five seconds late
     * @param pushedAt when something was last pushed that is still there; empty while it is empty
     */
    record Entry(
            String name,
            String description,
            long tags,
            long artifacts,
            long bytes,
            long pulls,
            Optional<Instant> pushedAt) {

        /** The name within its project. */
        public String rest() {
            return name.substring(name.indexOf('/') + 1);
        }
    }

    /** In which order to list. */
    enum Order {
        /** The last pushed to first. */
        NEWEST,
        /** By name. */
        NAME
    }

    /**
     * The repositories of a project that hold something.
     *
     * @param name part of their names; empty for all
     */
    Page<Entry> list(
            Principal caller, UUID organization, String project, Optional<String> name, Order order, PageAfter page);

    /**
     * One repository; also an empty one, as long as its last artifacts can be brought back.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    Entry find(Principal caller, UUID organization, String project, String name);

    /**
     * Says what it is for.
     *
     * @throws Failure.Invalid when that is too long
     */
    void describe(Call call, UUID organization, String project, String name, String description);

    /**
     * Deletes it with all that is in it.
     *
     * @throws Failure when a rule forbids it
     */
    void delete(Call call, UUID organization, String project, String name);
}
