package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * The projects of organizations, for people (registry.md 3.3). What somebody may do is decided by the role in the
 * project; changes are audited. A project of another organization does not exist for the one that is looked at, nor does
 * one that the caller may not read.
 */
public interface ProjectRegister {

    /** The permission to change a project. */
    String EDIT = "project:update";

    /** The permission to delete a project. */
    String DELETE = "project:delete";

    /**
     * A project.
     *
     * @param name the first part of the names of its repositories
     * @param isPublic whether everybody may pull from it
     * @param role of the caller, as the APIs spell it; empty for none
     * @param repositories how many it has
     * @param bytes how much it stores
     * @param createdAt when it was made
     */
    record Entry(
            String name, boolean isPublic, Optional<String> role, long repositories, long bytes, Instant createdAt) {}

    /**
     * A project with what the caller may do in it.
     *
     * @param name of it
     * @param isPublic whether everybody may pull from it
     * @param permissions as the APIs spell them, resource and action with a colon between
     */
    record Found(String name, boolean isPublic, Set<String> permissions) {

        /** An immutable copy of the permissions. */
        public Found {
            permissions = Set.copyOf(permissions);
        }

        /** Whether the caller may; without it a page does not offer what needs it. */
        public boolean may(String permission) {
            return permissions.contains(permission);
        }
    }

    /** The organizations in whose projects somebody is a member, with a role in the organization or without. */
    Set<UUID> organizations(Principal caller);

    /** Whether somebody may make projects; nobody does so where all there is are single projects to be a member of. */
    boolean mayCreate(Principal caller, UUID organization);

    /**
     * The projects that somebody may read, by name.
     *
     * @param name part of their names, whatever the case; empty for all
     */
    Page<Entry> list(Principal caller, UUID organization, Optional<String> name, PageAfter page);

    /**
     * One project.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    Found find(Principal caller, UUID organization, String name);

    /**
     * Whether nothing is in a project, so that it can be deleted.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    boolean isEmpty(Principal caller, UUID organization, String name);

    /**
     * Makes a project, whose first administrator is the caller.
     *
     * @throws Failure.Forbidden when the caller may not make projects there
     * @throws Failure.Invalid when it cannot be called that
     * @throws Failure.Conflict when the name is taken in this installation
     */
    void create(Call call, UUID organization, String name, boolean isPublic);

    /** Makes a project public or private. */
    void setPublic(Call call, UUID organization, String name, boolean isPublic);

    /**
     * Deletes an empty project.
     *
     * @throws Failure.Conflict when something hinders it; it says what
     */
    void delete(Call call, UUID organization, String name);
}
