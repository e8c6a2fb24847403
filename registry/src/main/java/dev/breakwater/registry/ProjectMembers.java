package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import java.util.List;
import java.util.UUID;

/**
 * The members of projects, for people (registry.md 1.2, 3.4). Projects are looked for in one organization only; those
 * that the caller may not see do not exist. Changes are audited.
 */
public interface ProjectMembers {

    /**
     * A member.
     *
     * @param id its number, unique in the installation
     * @param username of the user
     * @param name what people call the user; may be empty
     * @param role by its {@link Role#code}
     * @param roleName what people call the role
     */
    record Entry(long id, String username, String name, String role, String roleName) {}

    /**
     * A role that members can have.
     *
     * @param code how forms name it
     * @param name what people call it
     * @param purpose what it lets one do, in a sentence
     */
    record Role(String code, String name, String purpose) {}

    /**
     * What a caller sees.
     *
     * @param members of this page, by username
     * @param administrators how many members there are who may do everything in the project
     * @param mayAdd whether the caller may add members
     * @param mayChange whether the caller may give them other roles
     * @param mayRemove whether the caller may remove them
     */
    record Listing(Page<Entry> members, long administrators, boolean mayAdd, boolean mayChange, boolean mayRemove) {

        /** Whether nobody but this member may administer the project, besides the administrators of the installation. */
        public boolean isLastAdministrator(Entry member) {
            return member.role().equals(ADMINISTRATOR) && administrators == 1;
        }
    }

    /** The code of the role that may do everything in its project. */
    String ADMINISTRATOR = "project_admin";

    /** The roles, the mightiest first. */
    List<Role> roles();

    /**
     * The members of a project.
     *
     * @throws Failure.NotFound when there is no such project for this caller
     * @throws Failure.Forbidden when the caller may not see its members
     */
    Listing list(Principal caller, UUID organization, String project, PageAfter page);

    /**
     * Makes a user a member.
     *
     * @throws Failure.Invalid naming the field that is wrong, {@code username} or {@code role}
     * @throws Failure.Conflict when the user is one already
     */
    void add(Call call, UUID organization, String project, String username, String role);

    /**
     * Gives a member another role.
     *
     * @throws Failure.Invalid for a role that is none
     * @throws Failure.NotFound when there is no such member
     */
    void change(Call call, UUID organization, String project, long member, String role);

    /**
     * Removes a member.
     *
     * @throws Failure.NotFound when there is no such member
     */
    void remove(Call call, UUID organization, String project, long member);
}
