package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.RepositoryRegister;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.artifact.ArtifactChanges;
import dev.breakwater.registry.artifact.RepositoryListStore;
import dev.breakwater.registry.artifact.RepositoryListStore.Pushed;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.listing.Latest;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.registry.undo.Deletions;
import dev.breakwater.tenancy.Audit;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;

/** The repositories of projects as people see and change them. */
public final class PeopleRepositories implements RepositoryRegister {

    private final Database database;
    private final Admission admission;
    private final ArtifactChanges changes;
    private final Deletions deletions;
    private final Audit audit;
    private final TimeSource time;

    /** Changes go through {@code changes}, as those of the APIs do. */
    public PeopleRepositories(
            Database database,
            Admission admission,
            ArtifactChanges changes,
            Deletions deletions,
            Audit audit,
            TimeSource time) {
        this.database = database;
        this.admission = admission;
        this.changes = changes;
        this.deletions = deletions;
        this.audit = audit;
        this.time = time;
    }

    @Override
    public Page<Entry> list(
            Principal caller, UUID organization, String project, Optional<String> name, Order order, PageAfter page) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        Condition condition = name.map(PeopleRepositories::named)
                .orElse(Condition.NONE)
                .and(page.cursor().map(cursor -> after(order, cursor)).orElse(Condition.NONE));
        RepositoryListStore.Order sorted = switch (order) {
            case NEWEST -> RepositoryListStore.Order.NEWEST;
            case NAME -> RepositoryListStore.Order.NAME;
        };
        return database.query(handle -> {
            Project found = admitted.project(handle, project, Resource.REPOSITORY, Action.LIST);
            Page<Pushed> rows = page.cut(
                    RepositoryListStore.pushed(handle, found.id(), condition, sorted, page.rows()),
                    last -> end(order, last));
            return new Page<>(
                    rows.items().stream().map(PeopleRepositories::entry).toList(), rows.next());
        });
    }

    /** The name of the project does not count: all repositories of a list have it. */
    private static Condition named(String part) {
        return Condition.of(
                "position(lower(:part) IN substr(r.name, position('/' IN r.name) + 1)) > 0", Map.of("part", part));
    }

    private static Condition after(Order order, String cursor) {
        return switch (order) {
            case NEWEST -> {
                Latest last = Latest.parse(cursor);
                yield RepositoryListStore.pushedBefore(last.at(), last.id());
            }
            case NAME -> Condition.of("r.name > :last", Map.of("last", cursor));
        };
    }

    private static String end(Order order, Pushed last) {
        return switch (order) {
            case NEWEST -> new Latest(last.pushedAt(), last.repository().id()).toString();
            case NAME -> last.repository().name();
        };
    }

    private static Entry entry(Pushed pushed) {
        return new Entry(
                pushed.repository().name(),
                pushed.repository().description(),
                pushed.repository().tagCount(),
                pushed.repository().artifactCount(),
                pushed.bytes(),
                pushed.repository().pullCount(),
                Optional.of(pushed.pushedAt()));
    }

    @Override
    public Entry find(Principal caller, UUID organization, String project, String name) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> {
            Place place = admitted.place(handle, project, name, Resource.REPOSITORY, Action.READ);
            return RepositoryListStore.pushed(
                            handle,
                            place.project().id(),
                            Condition.of("r.id = :number", Map.of("number", place.repositoryId())),
                            RepositoryListStore.Order.NAME,
                            1)
                    .stream()
                    .findFirst()
                    .map(PeopleRepositories::entry)
                    .orElseGet(() -> {
                        if (deletions.ofRepository(handle, place, 1).isEmpty()) {
                            throw Admission.unknownRepository(name);
                        }
                        return new Entry(name, "", 0, 0, 0, 0, Optional.empty());
                    });
        });
    }

    @Override
    public void describe(Call call, UUID organization, String project, String name, String description) {
        Admission.Admitted admitted = admission.change(call, organization);
        if (description.length() > LONGEST_DESCRIPTION) {
            throw new Failure.Invalid(
                    "description", "This is too long: shorten it to %d characters.".formatted(LONGEST_DESCRIPTION));
        }
        database.transact(handle -> {
            Place place = admitted.place(handle, project, name, Resource.REPOSITORY, Action.UPDATE);
            RepositoryStore.describe(handle, place.repositoryId(), description, time.instant());
            audit.record(handle, call, organization, "registry.repository.updated", name);
            return true;
        });
    }

    @Override
    public void delete(Call call, UUID organization, String project, String name) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.transact(handle -> {
            Place place = admitted.place(handle, project, name, Resource.REPOSITORY, Action.DELETE);
            if (!changes.removeRepository(handle, call, place, admitted.person().username())) {
                throw Admission.unknownRepository(name);
            }
            return true;
        });
    }
}
