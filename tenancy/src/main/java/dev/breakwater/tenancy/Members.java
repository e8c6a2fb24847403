package dev.breakwater.tenancy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Who may do what in an organization, for people: its members are the users and service accounts that have a role there.
 * What somebody may do is decided by roles; changes are audited. Ids are spelled as in the admin API.
 */
public interface Members {

    /** The permission to see who has which role. */
    String VIEW = "core_role_view";

    /** The permission to give and take roles, as far as one's own reach. */
    String EDIT = "core_role_edit";

    /**
     * A member with one of its roles.
     *
     * @param assignment {@code ra_…}
     * @param holder {@code usr_…} or {@code sa_…}
     * @param name what the holder is called
     * @param person whether it is a user
     * @param role the identifier of the role
     * @param roleName what people call the role
     * @param since when it was assigned
     */
    record Entry(
            String assignment,
            String holder,
            String name,
            boolean person,
            String role,
            String roleName,
            Instant since) {}

    /** A role that can be given in an organization. */
    record RoleChoice(String identifier, String name) {}

    /** Whether somebody may add users to the installation. */
    boolean mayInvite(Principal caller);

    /** The roles that can be given in an organization. */
    List<RoleChoice> roles();

    /** The members of an organization, newest first, at most 500. */
    List<Entry> of(Principal caller, UUID organization);

    /**
     * Gives a role to a user.
     *
     * @param login the username or email of somebody who has an account
     * @throws Failure.Invalid naming the field that is wrong
     * @throws Failure.Conflict when the user has it already
     */
    void add(Call call, UUID organization, String login, String role);

    /**
     * Makes an account and gives it a role.
     *
     * @param email of the new user; empty when unknown
     * @throws Failure.Invalid naming the field that is wrong
     * @throws Failure.Conflict when the username or email is taken
     */
    void invite(
            Call call,
            UUID organization,
            String username,
            Optional<String> email,
            String name,
            String password,
            String role);

    /**
     * Takes a role back.
     *
     * @throws Failure.NotFound when there is no such assignment for this caller
     */
    void remove(Call call, String assignment);
}
