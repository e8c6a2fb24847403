package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.project.MemberStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.Users;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Lets people into the projects of one organization, as far as their rights go: those who have a role in it, and those
 * who are members of one of its projects only.
 */
public final class Admission {

    private static final int LONGEST_SHOWN = 80;

    private final Database database;
    private final Configuration configuration;
    private final Users users;
    private final Access access;

    /** Asks these who somebody is and which organizations they see. */
    public Admission(Database database, Configuration configuration, Users users, Access access) {
        this.database = database;
        this.configuration = configuration;
        this.users = users;
        this.access = access;
    }

    /**
     * Somebody who looks at an organization; comes before a transaction and not within.
     *
     * @throws Failure.NotFound when the caller has no role in the organization and in none of its projects
     * @throws Failure.Forbidden when the caller is no person
     */
    Admitted admit(Principal caller, UUID organization) {
        boolean guest = !access.sees(caller, organization);
        if (guest && !database.query(handle -> MemberStore.belongs(handle, caller.id(), organization))) {
            throw new Failure.NotFound("No organization found with id %s.".formatted(organization));
        }
        UserProfile person = users.find(caller.id())
                .filter(user -> caller.kind() == Principal.Kind.USER && !user.disabled())
                .orElseThrow(() -> new Failure.Forbidden("Only people see these pages."));
        return new Admitted(person, new Rights(new Caller.Person(person)), organization, guest);
    }

    /**
     * Insists that somebody looks after the installation; comes before a transaction and not within.
     *
     * @throws Failure.Forbidden for all others
     */
    void requireAdministrator(Principal caller) {
        boolean administrator = users.find(caller.id())
                .filter(user -> caller.kind() == Principal.Kind.USER && !user.disabled() && user.administrator())
                .isPresent();
        if (!administrator) {
            throw new Failure.Forbidden("This is for administrators of the installation only.");
        }
    }

    /**
     * Somebody who wants to change something in an organization; comes before a transaction and not within.
     *
     * @throws Failure.NotFound when the caller has no role in the organization and in none of its projects
     * @throws Failure.Forbidden when the caller is no person
     * @throws Failure.Conflict while nothing can be changed
     */
    Admitted change(Call call, UUID organization) {
        Admitted admitted = admit(call.principal(), organization);
        if (database.query(handle -> configuration.isOn(handle, ConfigurationKey.READ_ONLY))) {
            throw new Failure.Conflict("The registry is read-only for the moment, so nothing can be changed in it. Try"
                    + " again when its administrators have ended that.");
        }
        return admitted;
    }

    /**
     * Somebody who was let in.
     *
     * @param person who it is
     * @param rights what the person may do
     * @param organization the only one whose projects there are
     * @param guest whether the person has no role in the organization, but in one of its projects
     */
    record Admitted(UserProfile person, Rights rights, UUID organization, boolean guest) {

        /**
         * A project that may be read.
         *
         * @throws Failure.NotFound when there is none of this name for the person
         */
        Project project(Handle handle, String name) {
            return ProjectStore.find(handle, name)
                    .filter(project -> project.organizationId().equals(organization)
                            && rights.allows(handle, project, Resource.PROJECT, Action.READ))
                    .orElseThrow(() -> new Failure.NotFound("There is no project %s.".formatted(shown(name))));
        }

        /**
         * A repository in which the person may do this.
         *
         * @param name its whole name
         * @throws Failure.NotFound when there is none of this name for the person
         * @throws Failure.Forbidden when the person may not do it there
         */
        Place place(Handle handle, String project, String name, Resource resource, Action action) {
            Project found = project(handle, project, resource, action);
            return RepositoryName.parse(name)
                    .filter(parsed -> parsed.project().equals(found.name()))
                    .flatMap(parsed -> RepositoryStore.findId(handle, found.id(), name))
                    .map(id -> new Place(found, id, name))
                    .orElseThrow(() -> unknownRepository(name));
        }

        /**
         * A project in which the person may do this.
         *
         * @throws Failure.NotFound when there is none of this name for the person
         * @throws Failure.Forbidden when the person may not do it there
         */
        Project project(Handle handle, String name, Resource resource, Action action) {
            Project project = project(handle, name);
            if (!rights.allows(handle, project, resource, action)) {
                throw new Failure.Forbidden("Missing permission in the project %s: %s:%s."
                        .formatted(project.name(), resource.label(), action.label()));
            }
            return project;
        }
    }

    /** There is no such repository. */
    static Failure.NotFound unknownRepository(String name) {
        return new Failure.NotFound("There is no repository %s.".formatted(shown(name)));
    }

    /** A name that somebody typed, as a message may hold it. */
    static String shown(String name) {
        return name.length() > LONGEST_SHOWN ? name.substring(0, LONGEST_SHOWN) + "…" : name;
    }
}
