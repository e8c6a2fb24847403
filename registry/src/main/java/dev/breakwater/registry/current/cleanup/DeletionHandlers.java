package dev.breakwater.registry.current.cleanup;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.undo.Deletion;
import dev.breakwater.registry.undo.Deletions;
import dev.breakwater.tenancy.Audit;
import java.util.List;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;

/**
 * {@code /projects/{project_name_or_id}/deletions}, which only this registry has: what was deleted lately, and a way
 * back for those who may delete.
 */
final class DeletionHandlers {

    private final Database database;
    private final Deletions deletions;
    private final Audit audit;

    DeletionHandlers(Database database, Deletions deletions, Audit audit) {
        this.database = database;
        this.deletions = deletions;
        this.audit = audit;
    }

    /** {@code GET}: newest first. */
    public Answer list(Call call, Rights rights) {
        Page page = Page.of(call);
        return database.query(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.ARTIFACT, Action.DELETE);
            List<Deletion> found = deletions.list(handle, project, page.offset(), page.size());
            return page.answer(call, Shape.each(found, this::shape), deletions.count(handle, project));
        });
    }

    private JsonNode shape(Deletion deletion) {
        return new Shape()
                .number("id", deletion.id())
                .text("kind", deletion.kind())
                .text("repository", deletion.repository())
                .list("digests", Shape.each(deletion.digests(), JsonNodeFactory.instance::stringNode))
                .list(
                        "tags",
                        Shape.each(
                                deletion.tags(),
                                tag -> new Shape()
                                        .text("name", tag.name())
                                        .text("digest", tag.digest())
                                        .build()))
                .text("deleted_by", deletion.deletedBy())
                .time("deletion_time", deletion.deletedAt())
                .time("undo_until", deletions.until(deletion))
                .build();
    }

    /** {@code POST …/undo} of one. */
    public Answer undo(Call call, Rights rights) {
        long id = Numbers.path(call, "deletion_id");
        database.transact(handle -> {
            Project project = Checks.project(handle, call, rights, Resource.ARTIFACT, Action.DELETE);
            Deletion undone =
                    deletions.undo(handle, project, id, rights.caller().name());
            audit.record(handle, call, project.organizationId(), "registry.deletion.undone", undone.repository());
            return true;
        });
        return Shape.done();
    }
}
