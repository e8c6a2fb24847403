package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.activity.Activity;
import dev.breakwater.registry.activity.PullLog;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ErrorCode;
import dev.breakwater.registry.manifest.Descriptor;
import dev.breakwater.registry.manifest.Hooks;
import dev.breakwater.registry.manifest.ManifestContents;
import dev.breakwater.registry.manifest.MediaTypes;
import dev.breakwater.registry.manifest.ParsedManifest;
import dev.breakwater.registry.manifest.PullRule;
import dev.breakwater.registry.manifest.PullSql;
import dev.breakwater.registry.manifest.Pushes;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.manifest.TagName;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Reading, pushing and removing manifests (registry.md 2.2). */
final class ManifestHandlers {

    private static final int MOST_TAGS = 100;

    private final Parts parts;

    /** What the handlers stand on. */
    record Parts(
            Database database,
            Hooks hooks,
            Pushes pushes,
            Removals removals,
            ManifestContents contents,
            PullLog pulls,
            Entrance entrance,
            TimeSource time) {}

    ManifestHandlers(Parts parts) {
        this.parts = parts;
    }

    /** A manifest that may be pulled, with whether a scanner pulls it. */
    private record Pulled(PullSql.Found found, boolean scanner) {}

    /** {@code GET} and {@code HEAD} of a manifest; only the former is a pull. */
    Answer read(Call call) {
        Visit visit = parts.entrance().open(call, Need.PULL);
        String reference = call.pathParameter("reference");
        Pulled pulled = find(visit, reference);
        if (reference.indexOf(':') < 0
                && pulled.found().mediaType().equals(MediaTypes.DOCKER_LIST)
                && Accepted.onlySingleManifests(call)) {
            pulled = resolved(visit, pulled);
        }
        PullSql.Found found = pulled.found();
        checkRules(pulled);
        call.answerHeader("Docker-Content-Digest", found.digest().toString());
        if (EntityTag.matches(call, found.digest())) {
            return Answer.empty(304).with("ETag", EntityTag.of(found.digest()));
        }
        byte[] content = parts.contents().of(found.manifestId()).orElseThrow(ManifestHandlers::unknown);
        if (call.method().equals("GET")) {
            note(visit, pulled, reference);
        }
        return Answer.of(200, found.mediaType(), content).with("ETag", EntityTag.of(found.digest()));
    }

    private Pulled find(Visit visit, String reference) {
        boolean sound = Digest.parse(reference).isPresent() || TagName.isWellFormed(reference);
        Optional<Pulled> here = sound ? look(visit, reference) : Optional.empty();
        Project project = here.map(pulled -> pulled.found().place().project())
                .orElseGet(() -> parts.database().query(visit::find).project());
        boolean again = sound
                && parts.hooks().source().bringManifest(project, visit.name().toString(), reference);
        return (again ? look(visit, reference) : here).orElseThrow(ManifestHandlers::unknown);
    }

    private Optional<Pulled> look(Visit visit, String reference) {
        return parts.database().query(handle -> {
            Optional<PullSql.Found> found = PullSql.manifest(handle, visit.name(), reference);
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Project project = found.get().place().project();
            visit.check(handle, Optional.of(project));
            return Optional.of(new Pulled(found.get(), visit.isScanner(handle, project)));
        });
    }

    private static Failure unknown() {
        return new Failure.NotFound(ErrorCode.MANIFEST_UNKNOWN, "manifest unknown");
    }

    /** The image of a list that old clients mean, if the list has it. */
    private Pulled resolved(Visit visit, Pulled list) {
        byte[] content = parts.contents().of(list.found().manifestId()).orElseThrow(ManifestHandlers::unknown);
        return ParsedManifest.parse(content, MediaTypes.DOCKER_LIST).children().stream()
                .filter(child -> "linux".equals(child.os()) && "amd64".equals(child.architecture()))
                .map(Descriptor::digest)
                .findFirst()
                .flatMap(digest -> look(visit, digest.toString()))
                .orElse(list);
    }

    private void checkRules(Pulled pulled) {
        PullSql.Found found = pulled.found();
        PullRule.Pull pull = new PullRule.Pull(
                found.place(),
                found.manifestId(),
                found.digest(),
                found.mediaType(),
                found.kind(),
                found.subject(),
                pulled.scanner());
        parts.hooks().pullRules().forEach(rule -> rule.check(pull));
    }

    private void note(Visit visit, Pulled pulled, String reference) {
        PullSql.Found found = pulled.found();
        Place place = found.place();
        parts.pulls()
                .add(new PullLog.Pull(
                        place.repositoryId(),
                        found.manifestId(),
                        found.tagId(),
                        pulled.scanner(),
                        Activity.ofArtifact(
                                parts.time().instant(),
                                visit.username(),
                                place.project().id(),
                                "pull",
                                place.name(),
                                reference)));
    }

    /** {@code PUT} of a manifest, by a tag or by its digest with any number of tags. */
    Answer push(Call call) {
        Visit visit = parts.entrance().open(call, Need.PUSH);
        String reference = call.pathParameter("reference");
        List<String> tags = new ArrayList<>(call.queryAll("tag"));
        if (reference.indexOf(':') < 0) {
            tags.addFirst(reference);
        }
        requireTags(tags);
        byte[] content = call.body();
        Digest digest = digest(reference, content);
        List<String> distinct = tags.stream().distinct().toList();
        Target target = visit.target();
        ParsedManifest manifest = parts.pushes()
                .push(
                        target,
                        new Pushes.Order(
                                content, call.header("Content-Type").orElse(null), digest, distinct, visit.username()));
        Answer answer = Answer.empty(201)
                .with("Location", "/v2/" + visit.name() + "/manifests/" + digest)
                .with("Docker-Content-Digest", digest.toString());
        @Nullable Descriptor subject = manifest.subject();
        if (subject != null) {
            answer = answer.with("OCI-Subject", subject.digest().toString());
        }
        return call.queryAll("tag").isEmpty() ? answer : answer.with("OCI-Tag", String.join(", ", distinct));
    }

    private static void requireTags(List<String> tags) {
        if (tags.size() > MOST_TAGS) {
            throw new Failure.TooLong("A push sets at most %d tags.".formatted(MOST_TAGS));
        }
        for (String tag : tags) {
            if (!TagName.isWellFormed(tag)) {
                throw Failure.Invalid.coded(ErrorCode.TAG_INVALID, "A tag is malformed.");
            }
        }
    }

    private static Digest digest(String reference, byte[] content) {
        if (reference.indexOf(':') < 0) {
            return Digest.sha256(content);
        }
        Digest digest = UploadHandlers.digest(reference);
        if (!Digest.of(digest.algorithm(), content).equals(digest)) {
            throw Failure.Invalid.coded(ErrorCode.DIGEST_INVALID, "The content does not match the digest.");
        }
        return digest;
    }

    /** {@code DELETE} of a tag, or of a manifest with the tags on it. */
    Answer delete(Call call) {
        Visit visit = parts.entrance().open(call, Need.DELETE);
        String reference = call.pathParameter("reference");
        Optional<Digest> digest = Digest.parse(reference);
        boolean sound = digest.isPresent() || TagName.isWellFormed(reference);
        boolean removed = parts.database().transact(handle -> {
            Optional<Place> place = visit.find(handle).place();
            if (place.isEmpty() || !sound) {
                return false;
            }
            return digest.isPresent()
                    ? parts.removals().manifest(handle, place.get(), digest.get(), visit.username())
                    : parts.removals().tag(handle, place.get(), reference, visit.username());
        });
        if (!removed) {
            throw unknown();
        }
        return Answer.empty(202);
    }
}
