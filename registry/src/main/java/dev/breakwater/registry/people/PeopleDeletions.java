package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.DeletionLog;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.registry.undo.Deletion;
import dev.breakwater.registry.undo.Deletions;
import dev.breakwater.tenancy.Audit;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/** What was deleted from projects as people see it and bring it back. */
public final class PeopleDeletions implements DeletionLog {

    private static final int MOST_TAGS = 5;

    private final Database database;
    private final Admission admission;
    private final Deletions deletions;
    private final Audit audit;

    /** Shows and undoes these. */
    public PeopleDeletions(Database database, Admission admission, Deletions deletions, Audit audit) {
        this.database = database;
        this.admission = admission;
        this.deletions = deletions;
        this.audit = audit;
    }

    @Override
    public Duration window() {
        return deletions.window();
    }

    @Override
    public List<Entry> latest(
            Principal caller, UUID organization, String project, Optional<String> repository, int limit) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> {
            Project found = admitted.project(handle, project);
            return admitted.rights().allows(handle, found, Resource.ARTIFACT, Action.DELETE)
                    ? list(handle, found, repository, limit).stream()
                            .map(this::entry)
                            .toList()
                    : List.of();
        });
    }

    private List<Deletion> list(Handle handle, Project project, Optional<String> repository, int limit) {
        return repository.isEmpty()
                ? deletions.list(handle, project, 0, limit)
                : RepositoryStore.findId(handle, project.id(), repository.get())
                        .map(id -> deletions.ofRepository(handle, new Place(project, id, repository.get()), limit))
                        .orElseGet(List::of);
    }

    private Entry entry(Deletion deletion) {
        List<String> tags = deletion.tags().stream()
                .map(Deletion.DeletedTag::name)
                .limit(MOST_TAGS)
                .toList();
        String digest = deletion.digests().size() == 1
                ? deletion.digests().getFirst()
                : deletion.kind().equals("tag") && !deletion.tags().isEmpty()
                        ? deletion.tags().getFirst().digest()
                        : "";
        return new Entry(
                deletion.id(),
                deletion.kind(),
                deletion.repository(),
                tags,
                deletion.tags().size() - tags.size(),
                deletion.digests().size(),
                digest,
                deletion.deletedBy(),
                deletion.deletedAt(),
                deletions.until(deletion));
    }

    @Override
    public Entry undo(Call call, UUID organization, String project, long id) {
        Admission.Admitted admitted = admission.change(call, organization);
        return database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.ARTIFACT, Action.DELETE);
            Deletion undone =
                    deletions.undo(handle, found, id, admitted.person().username());
            audit.record(handle, call, organization, "registry.deletion.undone", undone.repository());
            return entry(undone);
        });
    }
}
