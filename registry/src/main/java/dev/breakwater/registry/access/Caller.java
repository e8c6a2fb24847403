package dev.breakwater.registry.access;

import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.UserProfile;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** Who is calling. What the caller may do, {@link Rights} tell. */
public sealed interface Caller {

    /** Nobody in particular. */
    record Anonymous() implements Caller {}

    /** A user. */
    record Person(UserProfile profile) implements Caller {}

    /** A robot account. */
    record Machine(Robot robot) implements Caller {}

    /** The name under which activities are recorded. */
    default String name() {
        return switch (this) {
            case Anonymous nobody -> "anonymous";
            case Person person -> person.profile().username();
            case Machine machine -> machine.robot().name();
        };
    }

    /** Whether somebody is known to be calling. */
    default boolean isKnown() {
        return !(this instanceof Anonymous);
    }

    /** The user who is calling, if it is one. */
    default Optional<UserProfile> user() {
        return this instanceof Person(UserProfile profile) ? Optional.of(profile) : Optional.empty();
    }

    /** Whether the caller may do everything everywhere. */
    default boolean isAdministrator() {
        return user().filter(UserProfile::administrator).isPresent();
    }

    /** The caller in the kernel's terms. */
    default Principal principal() {
        return switch (this) {
            case Anonymous nobody -> Principal.ANONYMOUS;
            case Person person -> person.profile().principal();
            case Machine machine ->
                new Principal(
                        Principal.Kind.ROBOT,
                        new UUID(0, machine.robot().id()),
                        machine.robot().name(),
                        null,
                        null,
                        false,
                        Set.of(),
                        Set.of(),
                        null);
        };
    }
}
