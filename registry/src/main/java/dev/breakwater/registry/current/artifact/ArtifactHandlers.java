package dev.breakwater.registry.current.artifact;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.artifact.AccessoryStore;
import dev.breakwater.registry.artifact.ArtifactChanges;
import dev.breakwater.registry.artifact.ArtifactListStore;
import dev.breakwater.registry.artifact.ArtifactListStore.Artifact;
import dev.breakwater.registry.current.dialect.Lists;
import dev.breakwater.registry.current.dialect.Numbers;
import dev.breakwater.registry.current.dialect.Page;
import dev.breakwater.registry.current.dialect.Shape;
import dev.breakwater.registry.current.gate.Checks;
import dev.breakwater.registry.current.gate.Places;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.listing.ListQuery;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.manifest.Tag;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jdbi.v3.core.Handle;

/** Artifacts of a project or of one of its repositories (registry.md 3.4, 3.6). */
public final class ArtifactHandlers {

    private final Database database;
    private final ArtifactChanges changes;
    private final Additions additions;
    private final ArtifactViews views;
    private final ImmutableTags immutable;

    /** Answers with what these know. */
    public ArtifactHandlers(
            Database database,
            ArtifactChanges changes,
            Additions additions,
            ArtifactViews views,
            ImmutableTags immutable) {
        this.database = database;
        this.changes = changes;
        this.additions = additions;
        this.views = views;
        this.immutable = immutable;
    }

    /** {@code GET …/artifacts} of a repository. */
    public Answer list(Call call, Rights rights) {
        return list(
                call,
                handle -> Checks.namedProject(handle, call, rights, Resource.ARTIFACT, Action.LIST),
                (handle, project) ->
                        ArtifactListStore.inRepository(Places.require(handle, project, Places.name(project, call))
                                .repositoryId()));
    }

    /** {@code GET …/artifacts} of a project. */
    public Answer listOfProject(Call call, Rights rights) {
        boolean latest = Numbers.isOn(call, "latest_in_repository", false);
        return list(
                call,
                handle -> Checks.project(handle, call, rights, Resource.ARTIFACT, Action.LIST),
                (handle, project) -> latest
                        ? ArtifactListStore.inProject(project.id()).and(ArtifactListStore.LATEST)
                        : ArtifactListStore.inProject(project.id()));
    }

    /** Finds the project of a call, for a caller who may. */
    @FunctionalInterface
    private interface ProjectOf {
        Project find(Handle handle);
    }

    private Answer list(Call call, ProjectOf owner, BiFunction<Handle, Project, Condition> scope) {
        Page page = Page.of(call);
        Condition asked = asked(Lists.query(call));
        ArtifactViews.Wishes wishes = ArtifactViews.Wishes.of(call);
        String order = ArtifactListStore.COLUMNS.order(Lists.sort(call), "m.pushed_at DESC");
        return database.query(handle -> {
            Project project = owner.find(handle);
            Condition condition = scope.apply(handle, project).and(asked);
            List<Artifact> artifacts = ArtifactListStore.list(handle, condition, order, page.offset(), page.size());
            return page.answer(
                    call, views.of(handle, project, artifacts, wishes), ArtifactListStore.count(handle, condition));
        });
    }

    private static Condition asked(ListQuery query) {
        Condition condition = ArtifactListStore.COLUMNS
                .condition(query)
                .and(query.match("tags").map(ArtifactHandlers::tagged).orElse(Condition.NONE))
                .and(query.match("labels").map(ArtifactHandlers::labelled).orElse(Condition.NONE));
        Optional<ListQuery.Match> base = query.match("base");
        if (base.isEmpty()) {
            return condition.and(new Condition(ArtifactListStore.OWN, Map.of()));
        }
        if (!base.get().equals(new ListQuery.Exact("*"))) {
            throw new Failure.Invalid("the value of \"base\" must be \"*\"");
        }
        return condition;
    }

    private static Condition tagged(ListQuery.Match match) {
        String tag = "EXISTS (SELECT FROM registry.tag t WHERE t.manifest_id = m.id AND ";
        return switch (match) {
            case ListQuery.Exact(String value) when value.equals("*") -> ArtifactListStore.TAGGED_ONLY;
            case ListQuery.Exact(String value) when value.equals("nil") -> ArtifactListStore.UNTAGGED_ONLY;
            case ListQuery.Exact(String value) -> Condition.of(tag + "t.name = :tag)", Map.of("tag", value));
            case ListQuery.Contains(String text) ->
                Condition.of(tag + "position(lower(:tag) IN lower(t.name)) > 0)", Map.of("tag", text));
            case ListQuery.AnyOf(List<String> values) ->
                Condition.of(tag + "t.name = ANY (:tags))", Map.of("tags", values));
            default ->
                throw new Failure.Invalid("the value of \"tags\" must be a tag, a part of one, \"*\" or \"nil\"");
        };
    }

    private static Condition labelled(ListQuery.Match match) {
        if (!(match instanceof ListQuery.AllOf(List<String> values))) {
            throw new Failure.Invalid("the value of \"labels\" must be a list in parentheses");
        }
        List<Long> labels = values.stream()
                .map(value -> {
                    try {
                        return Long.valueOf(value);
                    } catch (NumberFormatException e) {
                        throw ListQuery.invalid(value);
                    }
                })
                .distinct()
                .toList();
        return ArtifactListStore.labelled(labels);
    }

    /** {@code GET} of one. */
    public Answer read(Call call, Rights rights) {
        ArtifactViews.Wishes wishes = ArtifactViews.Wishes.of(call);
        return database.query(handle -> {
            Place place = place(handle, call, rights, Resource.ARTIFACT, Action.READ);
            Artifact artifact = artifact(handle, place, call);
            return Shape.answer(
                    views.of(handle, place.project(), List.of(artifact), wishes).getFirst());
        });
    }

    /** The repository that a path names, for a caller who may. */
    static Place place(Handle handle, Call call, Rights rights, Resource resource, Action action) {
        Project project = Checks.namedProject(handle, call, rights, resource, action);
        return Places.require(handle, project, Places.name(project, call));
    }

    /** The artifact that a path names. */
    static Artifact artifact(Handle handle, Place place, Call call) {
        String reference = call.pathParameter("reference");
        return ManifestStore.findNamed(handle, place.repositoryId(), reference)
                .flatMap(manifest -> ArtifactListStore.find(handle, manifest.id()))
                .orElseThrow(() -> Places.noArtifact(place.name(), reference));
    }

    /** {@code DELETE} of one, with all its tags. */
    public Answer delete(Call call, Rights rights) {
        database.transact(handle -> {
            Place place = place(handle, call, rights, Resource.ARTIFACT, Action.DELETE);
            Manifest manifest = Places.artifact(handle, place, call.pathParameter("reference"));
            if (ManifestStore.isChild(handle, place.repositoryId(), manifest.digest())) {
                throw new Failure.Precondition(
                        "VIOLATE_FOREIGN_KEY_CONSTRAINT", "the deleting artifact is referenced by others");
            }
            requireMutable(handle, place, manifest);
            changes.removeArtifact(
                    handle, call, place, manifest, rights.caller().name());
            return true;
        });
        return Shape.done();
    }

    /** This API has words of its own for what no surface does. */
    private void requireMutable(Handle handle, Place place, Manifest manifest) {
        List<String> tags =
                TagStore.ofManifests(handle, List.of(manifest.id())).getOrDefault(manifest.id(), List.of()).stream()
                        .map(Tag::name)
                        .toList();
        immutable.among(handle, place.project(), place.name(), tags).stream()
                .sorted()
                .findFirst()
                .ifPresent(tag -> {
                    throw TagHandlers.immutable(tag);
                });
    }

    /** {@code GET …/accessories}. */
    public Answer accessories(Call call, Rights rights) {
        Page page = Page.of(call);
        Condition condition = AccessoryStore.COLUMNS.condition(Lists.query(call));
        String order = AccessoryStore.COLUMNS.order(Lists.sort(call), "m.id");
        return database.query(handle -> {
            Place place = place(handle, call, rights, Resource.ACCESSORY, Action.LIST);
            long id = Places.artifact(handle, place, call.pathParameter("reference"))
                    .id();
            return page.answer(
                    call,
                    Shape.each(
                            AccessoryStore.list(handle, id, condition, order, page.offset(), page.size()),
                            ArtifactViews::accessory),
                    AccessoryStore.count(handle, id, condition));
        });
    }

    /** {@code GET …/additions/{addition}}. */
    public Answer addition(Call call, Rights rights) {
        String addition = call.pathParameter("addition");
        Artifact artifact = database.query(
                handle -> artifact(handle, place(handle, call, rights, Resource.ARTIFACT_ADDITION, Action.READ), call));
        byte[] content = database.query(handle ->
                        ManifestStore.content(handle, artifact.manifest().id()))
                .orElseThrow(() -> Places.noArtifact(artifact.repository(), call.pathParameter("reference")));
        return additions.read(artifact.manifest(), artifact.type(), content, addition);
    }
}
