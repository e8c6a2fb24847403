package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectRole;
import dev.breakwater.registry.repository.PlaceStore;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.Target;
import dev.breakwater.registry.token.Grants;
import dev.breakwater.tenancy.UserProfile;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiPredicate;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** A request to a repository by somebody who is known, and the decision whether it may go on. */
final class Visit {

    private static final String REPOSITORY = "repository";
    private static final String SCANNER_PULL = "scanner-pull";

    private final Call call;
    private final RepositoryName name;
    private final Need need;
    private final String scope;
    private final @Nullable Grants grants;
    private final @Nullable Rights rights;
    private final Entrance entrance;

    Visit(
            Call call,
            RepositoryName name,
            Need need,
            String scope,
            @Nullable Grants grants,
            @Nullable Caller caller,
            Entrance entrance) {
        this.call = call;
        this.entrance = entrance;
        this.name = name;
        this.need = need;
        this.scope = scope;
        this.grants = grants;
        this.rights = caller == null ? null : new Rights(caller);
    }

    RepositoryName name() {
        return name;
    }

    /** The name under which activities are recorded. */
    String username() {
        if (rights != null) {
            return rights.caller().name();
        }
        String subject = grants == null ? "" : grants.subject();
        return subject.isEmpty() ? new Caller.Anonymous().name() : subject;
    }

    /** By what the sessions of this caller are told from those of others. */
    String owner() {
        return grants != null
                ? grants.bearer()
                : Entrance.bearer(requiredRights().caller());
    }

    private Rights requiredRights() {
        return Objects.requireNonNull(rights);
    }

    /** Whether the caller is a scanner, which sees what others may not. */
    boolean isScanner(Handle handle, Project project) {
        return grants != null
                ? grants.allow(REPOSITORY, name.toString(), SCANNER_PULL)
                : requiredRights().caller() instanceof Caller.Machine
                        && requiredRights().allows(handle, project, Resource.REPOSITORY, Action.SCANNER_PULL);
    }

    /**
     * The project of the repository, with the repository as far as there is one, when the caller may do what it needs
     * to. A project that the caller may not even read is spoken of as if there were none (decision D6).
     */
    PlaceStore.Found find(Handle handle) throws SQLException {
        Optional<PlaceStore.Found> found = PlaceStore.find(handle, name);
        check(handle, found.map(PlaceStore.Found::project));
        return found.orElseThrow(this::noProject);
    }

    /** The same for a request that writes, with the terms on which it may. */
    Target target() {
        Rights known = requiredRights();
        Optional<Target> found = entrance.targets()
                .find(name, known.caller().user().map(UserProfile::id).orElse(null));
        Optional<ProjectRole> role = found.map(Target::role);
        check(found.map(Target::project), (project, permission) -> known.allows(project, role, permission));
        return found.orElseThrow(this::noProject);
    }

    /** Lets the request go on in a project, or refuses it. */
    void check(Handle handle, Optional<Project> project) {
        check(project, (known, permission) -> requiredRights().allows(handle, known, permission));
    }

    private void check(Optional<Project> project, BiPredicate<Project, Permission> allowed) {
        if (grants != null && !grants.allow(REPOSITORY, name.toString(), need.action())) {
            throw hidden(project, allowed) ? noProject() : insufficient();
        }
        if (grants != null && need == Need.PULL) {
            return;
        }
        if (project.isEmpty()) {
            throw noProject();
        }
        if (!allowed.test(project.get(), need.permission())) {
            throw hidden(project, allowed) ? noProject() : insufficient();
        }
    }

    /** A token that was asked for before tells nothing of its bearer's rights to read, so it is taken at its word. */
    private boolean hidden(Optional<Project> project, BiPredicate<Project, Permission> allowed) {
        if (project.isEmpty()) {
            return true;
        }
        boolean readable = project.get().isPublic()
                || (rights == null
                        ? grants != null && grants.allow(REPOSITORY, name.toString(), Need.PULL.action())
                        : allowed.test(project.get(), Need.PULL.permission()));
        return !readable;
    }

    private Failure noProject() {
        return refusal("project %s not found".formatted(name.project()));
    }

    private Failure insufficient() {
        return refusal("unauthorized to access repository: %s, action: %s".formatted(name, need.action()));
    }

    private Failure refusal(String message) {
        return grants == null ? Challenge.basic(call, message) : Challenge.bearer(call, scope, message);
    }

    /** Who calls, as it is now, be it that a token was sent; empty when there is no such caller any more. */
    Optional<Rights> live() {
        return rights == null && grants != null
                ? entrance.find(grants.bearer()).map(Rights::new)
                : Optional.ofNullable(rights);
    }

    /** Whether the caller may read another project at this moment. */
    boolean mayPull(Handle handle, Project project) {
        return requiredRights().allows(handle, project, Need.PULL.permission());
    }
}
