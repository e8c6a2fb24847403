package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/**
 * Robot accounts, for people (registry.md 3.3). Those of a project are looked for in one organization only; those of the
 * system belong to the installation, and only its administrators see them. Changes are audited.
 */
public interface RobotRegister {

    /** The namespace that stands for all projects. */
    String ALL_PROJECTS = "*";

    /** What stands for the system as a place. */
    String SYSTEM = "/";

    /**
     * Whose robots are meant.
     *
     * @param organization that is looked at
     * @param project its name; empty for the robots of the system
     */
    record Owner(UUID organization, Optional<String> project) {

        /** The robots of a project. */
        public static Owner of(UUID organization, String project) {
            return new Owner(organization, Optional.of(project));
        }

        /** The robots of the system. */
        public static Owner system(UUID organization) {
            return new Owner(organization, Optional.empty());
        }
    }

    /**
     * A robot, without its secret.
     *
     * @param id its number
     * @param name its full name, with which it signs in
     * @param description what people noted; may be empty
     * @param disabled whether it may not sign in
     * @param expiresAt when it ends; empty for never
     * @param grants what it may do, and where
     * @param createdAt when it was made
     * @param lastUsedAt about when it last called, at most a minute late; empty for never
     */
    record Entry(
            long id,
            String name,
            String description,
            boolean disabled,
            Optional<Instant> expiresAt,
            List<Grant> grants,
            Instant createdAt,
            Optional<Instant> lastUsedAt) {

        /** An immutable copy. */
        public Entry {
            grants = List.copyOf(grants);
        }

        /** Whether it may do the same in all its projects, and nothing elsewhere: only then a form can show it. */
        public boolean uniform() {
            return grants.stream().noneMatch(grant -> grant.place().equals(SYSTEM))
                    && grants.stream()
                                    .map(grant -> Set.copyOf(grant.permissions()))
                                    .distinct()
                                    .count()
                            <= 1;
        }

        /** How it stands: {@code active}, {@code disabled} or {@code expired}. */
        public String statusAt(Instant now) {
            if (disabled) {
                return "disabled";
            }
            return expiresAt.filter(end -> !now.isBefore(end)).isPresent() ? "expired" : "active";
        }
    }

    /**
     * What a robot may do in one place.
     *
     * @param place a project's name, {@link #ALL_PROJECTS}, or {@code /} for the system
     * @param permissions each as {@code repository:pull}
     */
    record Grant(String place, List<String> permissions) {

        /** An immutable copy. */
        public Grant {
            permissions = List.copyOf(permissions);
        }
    }

    /**
     * What a caller sees.
     *
     * @param robots of this page, by name
     * @param mayCreate whether the caller may make robots
     * @param mayChange whether the caller may disable them and give them other secrets
     * @param mayDelete whether the caller may delete them
     */
    record Listing(Page<Entry> robots, boolean mayCreate, boolean mayChange, boolean mayDelete) {}

    /**
     * A robot as somebody wants it.
     *
     * @param name as it is to be given, without the prefix
     * @param description what people note
     * @param days how long it lives; empty for ever
     * @param projects where it may do it; not counted for the robot of a project
     * @param permissions what it may do there, each as {@code repository:pull}
     */
    record Draft(
            String name, String description, Optional<Integer> days, List<String> projects, List<String> permissions) {

        /** Immutable copies. */
        public Draft {
            projects = List.copyOf(projects);
            permissions = List.copyOf(permissions);
        }
    }

    /**
     * A robot as somebody sees it.
     *
     * @param robot itself
     * @param mayChange whether the caller may change it
     */
    record Found(Entry robot, boolean mayChange) {}

    /**
     * What a robot is to be from now on; its name, its end and whether it is disabled stay.
     *
     * @param description what people note
     * @param projects where it may do something; not counted for the robot of a project
     * @param permissions what it may do there, each as {@code repository:pull}
     */
    record Change(String description, List<String> projects, List<String> permissions) {

        /** Immutable copies. */
        public Change {
            projects = List.copyOf(projects);
            permissions = List.copyOf(permissions);
        }
    }

    /** A robot with its secret, which is handed out when it is new and never again. */
    record Revealed(Entry robot, String secret) {
        @Override
        public String toString() {
            return "Revealed[" + robot.name() + "]";
        }
    }

    /** What robots can be granted in a project, each as {@code repository:pull}. */
    List<String> permissions();

    /**
     * A page of the robots.
     *
     * @throws Failure.Invalid for a cursor that is none
     * @throws Failure.NotFound when there is no such project for this caller
     * @throws Failure.Forbidden when the caller may not see its robots
     */
    Listing list(Principal caller, Owner owner, PageAfter page);

    /**
     * Makes a robot.
     *
     * @throws Failure.Invalid naming the field that is wrong: {@code name}, {@code permissions}, {@code projects} or
     *     {@code description}
     * @throws Failure.Conflict when the name is taken
     */
    Revealed create(Call call, Owner owner, Draft draft);

    /**
     * One robot.
     *
     * @throws Failure.NotFound when there is no such robot of this owner
     * @throws Failure.Forbidden when the caller may not see it
     */
    Found find(Principal caller, Owner owner, long robot);

    /**
     * Changes what a robot may do, where, and what people note.
     *
     * @throws Failure.Invalid naming the field that is wrong: {@code permissions}, {@code projects} or
     *     {@code description}
     * @throws Failure.Conflict when it is not {@link Entry#uniform}, so that only the API can change it
     * @throws Failure.NotFound when there is no such robot of this owner
     */
    void change(Call call, Owner owner, long robot, Change change);

    /**
     * Gives a robot another secret; the old one stops working at once.
     *
     * @throws Failure.NotFound when there is no such robot
     */
    Revealed refresh(Call call, Owner owner, long robot);

    /**
     * Lets a robot sign in, or not.
     *
     * @throws Failure.NotFound when there is no such robot
     */
    void setDisabled(Call call, Owner owner, long robot, boolean disabled);

    /**
     * Deletes a robot.
     *
     * @throws Failure.NotFound when there is no such robot
     */
    void delete(Call call, Owner owner, long robot);
}
