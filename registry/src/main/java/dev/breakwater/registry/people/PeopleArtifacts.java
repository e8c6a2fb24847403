package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.ArtifactRegister;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.artifact.AccessoryStore;
import dev.breakwater.registry.artifact.ArtifactChanges;
import dev.breakwater.registry.artifact.ArtifactListStore;
import dev.breakwater.registry.artifact.ArtifactListStore.Artifact;
import dev.breakwater.registry.artifact.Platforms;
import dev.breakwater.registry.immutability.ImmutableRules;
import dev.breakwater.registry.listing.Condition;
import dev.breakwater.registry.listing.Latest;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.manifest.Tag;
import dev.breakwater.registry.manifest.TagStore;
import dev.breakwater.registry.repository.Place;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;

/** The artifacts of repositories as people see and change them. */
public final class PeopleArtifacts implements ArtifactRegister {

    private static final int MOST_TAGS_IN_LIST = 6;

    private final Database database;
    private final Admission admission;
    private final ArtifactChanges changes;
    private final ImmutableRules rules;
    private final ArtifactDetails details;

    /** Changes go through {@code changes}, as those of the APIs do. */
    public PeopleArtifacts(
            Database database,
            Admission admission,
            ArtifactChanges changes,
            ImmutableRules rules,
            ArtifactDetails details) {
        this.database = database;
        this.admission = admission;
        this.changes = changes;
        this.rules = rules;
        this.details = details;
    }

    @Override
    public Page<Entry> list(Principal caller, Location location, Optional<String> wanted, PageAfter page) {
        Admission.Admitted admitted = admission.admit(caller, location.organization());
        Condition after = page.cursor().map(PeopleArtifacts::after).orElse(Condition.NONE);
        return database.query(handle -> {
            long repository = admitted.place(
                            handle, location.project(), location.repository(), Resource.ARTIFACT, Action.LIST)
                    .repositoryId();
            Condition condition =
                    after.and(wanted.map(text -> named(repository, text)).orElse(Condition.NONE));
            Page<Artifact> rows = page.cut(
                    ArtifactListStore.newest(handle, repository, condition, page.rows()),
                    last -> new Latest(
                                    last.manifest().pushedAt(), last.manifest().id())
                            .toString());
            return new Page<>(entries(handle, rows.items()), rows.next());
        });
    }

    private static Condition after(String cursor) {
        Latest last = Latest.parse(cursor);
        return Condition.of(
                "(m.pushed_at, m.id) < (:last_at, :last_id)", Map.of("last_at", last.at(), "last_id", last.id()));
    }

    /** What has a tag with this part, and what has a digest that begins so. */
    private static Condition named(long repository, String text) {
        String digest = text.indexOf(':') < 0 ? "sha256:" + text : text;
        return Condition.of(
                "m.id IN (SELECT t.manifest_id FROM registry.tag t WHERE t.repository_id = :named_in"
                        + " AND position(lower(:part) IN lower(t.name)) > 0"
                        + " UNION SELECT d.id FROM registry.manifest d WHERE d.repository_id = :named_in"
                        + " AND starts_with(d.digest, :digest))",
                Map.of("named_in", repository, "part", text, "digest", digest));
    }

    /** Some artifacts as lists show them, gathered in a few queries. */
    static List<Entry> entries(Handle handle, List<Artifact> artifacts) {
        List<Long> ids = artifacts.stream().map(each -> each.manifest().id()).toList();
        Map<Long, List<Tag>> tags = TagStore.newestOfManifests(handle, ids, MOST_TAGS_IN_LIST);
        Map<Long, Integer> counts = TagStore.counts(handle, ids);
        Set<Long> signed = AccessoryStore.of(handle, ids).entrySet().stream()
                .filter(each -> each.getValue().stream()
                        .anyMatch(accessory -> accessory.type().startsWith("signature.")))
                .map(Map.Entry::getKey)
                .collect(Collectors.toSet());
        return artifacts.stream()
                .map(each -> {
                    long id = each.manifest().id();
                    List<String> names = tags.getOrDefault(id, List.of()).stream()
                            .map(Tag::name)
                            .toList();
                    return entry(each, names, counts.getOrDefault(id, 0) - names.size(), signed.contains(id));
                })
                .toList();
    }

    private static Entry entry(Artifact artifact, List<String> tags, int moreTags, boolean signed) {
        Manifest manifest = artifact.manifest();
        byte[] index = artifact.index();
        return new Entry(
                manifest.digest().toString(),
                artifact.type(),
                manifest.mediaType(),
                Optional.ofNullable(manifest.artifactType()).or(() -> Optional.ofNullable(manifest.configType())),
                tags,
                moreTags,
                index == null ? 0 : Platforms.count(index),
                manifest.size(),
                signed,
                manifest.pushedAt(),
                Optional.ofNullable(manifest.pulledAt()));
    }

    @Override
    public Details find(Principal caller, Location location, String reference) {
        Admission.Admitted admitted = admission.admit(caller, location.organization());
        ArtifactDetails.Rows rows = database.query(handle -> {
            Place found =
                    admitted.place(handle, location.project(), location.repository(), Resource.ARTIFACT, Action.READ);
            return details.read(handle, found, named(handle, found, reference));
        });
        return details.of(rows);
    }

    private static Manifest named(Handle handle, Place place, String reference) {
        return ManifestStore.findNamed(handle, place.repositoryId(), reference)
                .orElseThrow(() -> new Failure.NotFound(
                        "There is no artifact %s in %s.".formatted(Admission.shown(reference), place.name())));
    }

    @Override
    public void addTag(Call call, Location location, String digest, String tag) {
        Admission.Admitted admitted = admission.change(call, location.organization());
        database.transact(handle -> {
            Place found =
                    admitted.place(handle, location.project(), location.repository(), Resource.TAG, Action.CREATE);
            Manifest manifest = named(handle, found, digest);
            try {
                changes.addTag(
                        handle, call, found, manifest, tag, admitted.person().username());
            } catch (Failure.Invalid wrong) {
                throw new Failure.Invalid(
                        "tag",
                        "Use up to 128 letters, digits, dots, hyphens and underscores; the first is no dot or hyphen.");
            } catch (Failure.Conflict taken) {
                throw new Failure.Conflict(
                        "The tag %s is there already. Push to move it, or delete it first.".formatted(tag));
            }
            return true;
        });
    }

    @Override
    public void deleteTag(Call call, Location location, String digest, String tag) {
        Admission.Admitted admitted = admission.change(call, location.organization());
        database.transact(handle -> {
            Place found =
                    admitted.place(handle, location.project(), location.repository(), Resource.TAG, Action.DELETE);
            Manifest manifest = named(handle, found, digest);
            boolean attached = TagStore.find(handle, found.repositoryId(), tag)
                    .filter(each -> each.manifestId() == manifest.id())
                    .isPresent();
            if (!attached) {
                throw new Failure.NotFound("There is no tag %s on this artifact.".formatted(Admission.shown(tag)));
            }
            requireMutable(handle, found, List.of(tag));
            changes.removeTag(handle, call, found, tag, admitted.person().username());
            return true;
        });
    }

    @Override
    public void delete(Call call, Location location, String digest) {
        Admission.Admitted admitted = admission.change(call, location.organization());
        database.transact(handle -> {
            Place found =
                    admitted.place(handle, location.project(), location.repository(), Resource.ARTIFACT, Action.DELETE);
            Manifest manifest = named(handle, found, digest);
            if (ManifestStore.isChild(handle, found.repositoryId(), manifest.digest())) {
                throw new Failure.Conflict("An index names this artifact. Delete the index first.");
            }
            requireMutable(
                    handle,
                    found,
                    TagStore.ofManifests(handle, List.of(manifest.id())).getOrDefault(manifest.id(), List.of()).stream()
                            .map(Tag::name)
                            .toList());
            changes.removeArtifact(
                    handle, call, found, manifest, admitted.person().username());
            return true;
        });
    }

    private void requireMutable(Handle handle, Place place, List<String> tags) {
        rules.among(handle, place.project(), place.name(), tags).stream()
                .sorted()
                .findFirst()
                .ifPresent(tag -> {
                    throw new Failure.Conflict(("The tag %s is immutable, so it cannot be deleted. Change the rules of"
                                    + " the project for immutable tags first.")
                            .formatted(tag));
                });
    }
}
