package dev.breakwater.registry.current.artifact;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.artifact.ArtifactChanges;
import dev.breakwater.registry.current.dialect.Body;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Places;
import dev.breakwater.registry.label.Label;
import dev.breakwater.registry.label.LabelStore;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.Tag;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.repository.Place;
import java.util.List;
import java.util.Set;
import org.jdbi.v3.core.Handle;

/** The tags on an artifact, and the labels that it bears (registry.md 3.4, 3.6). */
public final class TagHandlers {

    private final Database database;
    private final ArtifactChanges changes;
    private final ImmutableTags immutable;

    /** Answers with what these know. */
    public TagHandlers(Database database, ArtifactChanges changes, ImmutableTags immutable) {
        this.database = database;
        this.changes = changes;
        this.immutable = immutable;
    }

    /** {@code GET …/tags}. */
    public Answer list(Call call, Rights rights) {
        Page page = Page.of(call);
        Condition condition = TagListStore.COLUMNS.condition(Lists.query(call));
        String order = TagListStore.COLUMNS.order(Lists.sort(call), "t.name");
        boolean withImmutability = Numbers.isOn(call, "with_immutable_status", false);
        return database.query(handle -> {
            Place place = ArtifactHandlers.place(handle, call, rights, Resource.TAG, Action.LIST);
            long id = Places.artifact(handle, place, call.pathParameter("reference"))
                    .id();
            List<Tag> tags = TagListStore.list(handle, id, condition, order, page);
            List<String> names = tags.stream().map(Tag::name).toList();
            Set<String> protectedOnes =
                    withImmutability ? immutable.among(handle, place.project(), place.name(), names) : Set.of();
            return page.answer(
                    call,
                    Shape.each(tags, tag -> ArtifactViews.tag(tag, protectedOnes.contains(tag.name()))),
                    TagListStore.count(handle, id, condition));
        });
    }

    /** {@code POST …/tags}. */
    public Answer create(Call call, Rights rights) {
        return database.transact(handle -> {
            Place place = ArtifactHandlers.place(handle, call, rights, Resource.TAG, Action.CREATE);
            String reference = call.pathParameter("reference");
            Manifest manifest = Places.artifact(handle, place, reference);
            String name = Body.of(call).text("name").orElse("");
            changes.addTag(handle, call, place, manifest, name, rights.caller().name());
            return Shape.created(ArtifactViews.location(place.project(), place.name()) + "/artifacts/" + reference
                    + "/tags/" + name);
        });
    }

    /** {@code DELETE …/tags/{tag_name}}: the tag and nothing else. */
    public Answer delete(Call call, Rights rights) {
        database.transact(handle -> {
            Place place = ArtifactHandlers.place(handle, call, rights, Resource.TAG, Action.DELETE);
            Manifest manifest = Places.artifact(handle, place, call.pathParameter("reference"));
            String name = call.pathParameter("tag_name");
            boolean attached = TagStore.find(handle, place.repositoryId(), name)
                    .filter(tag -> tag.manifestId() == manifest.id())
                    .isPresent();
            if (!attached) {
                throw new Failure.NotFound("tag " + name + " attached to artifact " + manifest.id() + " not found");
            }
            if (!immutable
                    .among(handle, place.project(), place.name(), List.of(name))
                    .isEmpty()) {
                throw immutable(name);
            }
            changes.removeTag(handle, call, place, name, rights.caller().name());
            return true;
        });
        return Shape.done();
    }

    /** The tag may not be deleted. */
    static Failure.Precondition immutable(String tag) {
        return new Failure.Precondition("the tag " + tag + " configured as immutable, cannot be deleted");
    }

    /** {@code POST …/labels}. */
    public Answer attach(Call call, Rights rights) {
        long id = Body.of(call).number("id").orElseThrow(() -> new Failure.Invalid("the id of a label is required"));
        database.transact(handle -> {
            Place place = ArtifactHandlers.place(handle, call, rights, Resource.ARTIFACT_LABEL, Action.CREATE);
            Manifest manifest = Places.artifact(handle, place, call.pathParameter("reference"));
            Label label = label(handle, place, id);
            if (!changes.attachLabel(handle, call, place, manifest, label)) {
                throw new Failure.Conflict("label " + label.name() + " is already attached to the artifact");
            }
            return true;
        });
        return Shape.done();
    }

    /** {@code DELETE …/labels/{label_id}}. */
    public Answer detach(Call call, Rights rights) {
        long id = Numbers.path(call, "label_id");
        database.transact(handle -> {
            Place place = ArtifactHandlers.place(handle, call, rights, Resource.ARTIFACT_LABEL, Action.DELETE);
            Manifest manifest = Places.artifact(handle, place, call.pathParameter("reference"));
            if (!changes.detachLabel(handle, call, place, manifest, id)) {
                throw noLabel(id);
            }
            return true;
        });
        return Shape.done();
    }

    /** A label of the system, or of the project; those of others are not there. */
    private static Label label(Handle handle, Place place, long id) {
        return LabelStore.find(handle, id)
                .filter(label -> label.projectId() == null
                        || label.projectId() == place.project().id())
                .orElseThrow(() -> noLabel(id));
    }

    private static Failure.NotFound noLabel(long id) {
        return new Failure.NotFound("label " + id + " not found");
    }
}
