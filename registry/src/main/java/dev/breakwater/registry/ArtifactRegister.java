package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The artifacts of a repository, for people (registry.md 3.3). What somebody may do is decided by the role in the
 * project; changes are audited. A repository is named by its whole name, the project's included.
 */
public interface ArtifactRegister {

    /** The permission to delete artifacts. */
    String DELETE = "artifact:delete";

    /** The permission to add tags. */
    String ADD_TAG = "tag:create";

    /** The permission to delete tags. */
    String DELETE_TAG = "tag:delete";

    /** Where something is. */
    record Location(UUID organization, String project, String repository) {}

    /**
     * An artifact in a list.
     *
     * @param digest by which it is named
     * @param type what it is, as the APIs spell it, for example {@code IMAGE}
     * @param mediaType of its manifest
     * @param artifactType what it says it is, else the type of its configuration; empty for an index that does not say
     * @param tags those that point to it, the newest first, not more than a few
     * @param moreTags how many there are besides
     * @param platforms for which an index has something; 0 for what is no index
     * @param size with all that it names, in bytes
     * @param signed whether a signature belongs to it
     * @param pushedAt when it was last pushed
     * @param pulledAt when it was last pulled; empty for never
     */
    record Entry(
            String digest,
            String type,
            String mediaType,
            Optional<String> artifactType,
            List<String> tags,
            int moreTags,
            int platforms,
            long size,
            boolean signed,
            Instant pushedAt,
            Optional<Instant> pulledAt) {

        /** An immutable copy of the tags. */
        public Entry {
            tags = List.copyOf(tags);
        }
    }

    /**
     * A tag.
     *
     * @param name of it
     * @param pushedAt when it was last set
     * @param pulledAt when something was last pulled by it; empty for never
     * @param immutable whether it may neither be moved nor deleted
     */
    record TagEntry(String name, Instant pushedAt, Optional<Instant> pulledAt, boolean immutable) {}

    /**
     * A layer.
     *
     * @param digest of it
     * @param mediaType of it
     * @param size in bytes
     */
    record Layer(String digest, String mediaType, long size) {}

    /**
     * A step in which an image was built.
     *
     * @param instruction that did it, as the build file spelled it as far as that can be told; empty when unknown
     * @param layer that it made; null when it made none
     */
    record Step(String instruction, @Nullable Layer layer) {}

    /**
     * What an index has for a platform.
     *
     * @param digest of the artifact
     * @param name of the platform, for example {@code linux/arm64/v8}; empty when it is none
     * @param purpose what it is for instead, for example an attestation; empty when unknown
     * @param size with all that it names, in bytes; empty when the repository does not have it
     */
    record Child(String digest, String name, String purpose, Optional<Long> size) {}

    /**
     * An artifact that belongs to this one: a signature, an attestation, a bill of materials.
     *
     * @param digest of it
     * @param kind as the APIs spell it, for example {@code signature.cosign}
     * @param artifactType what it says it is
     * @param size in bytes
     * @param pushedAt when it was last pushed
     */
    record Referrer(String digest, String kind, String artifactType, long size, Instant pushedAt) {}

    /**
     * How programs are started from an image.
     *
     * @param platform for which it is, for example {@code linux/amd64}; empty when it does not say
     * @param created when it was built, as it says itself; empty when it does not
     * @param author who built it; empty when it does not say
     * @param user as whom programs run; empty for the usual
     * @param workingDirectory in which they start; empty for the usual
     * @param entrypoint what is run
     * @param command its arguments, or what is run without an entrypoint
     * @param environment variables, each as {@code NAME=value}
     * @param ports that it listens to
     * @param volumes that it wants
     * @param labels by name, in their order
     */
    record Config(
            String platform,
            String created,
            String author,
            String user,
            String workingDirectory,
            List<String> entrypoint,
            List<String> command,
            List<String> environment,
            List<String> ports,
            List<String> volumes,
            Map<String, String> labels) {}

    /**
     * All about an artifact. Lists are cut where nobody would read on.
     *
     * @param entry as lists show it
     * @param tags all that point to it, the newest first
     * @param config of an image; null for anything else, and when it cannot be read
     * @param steps with its layers, the first one first; the layers alone when nothing is known of the steps
     * @param moreSteps how many there are besides
     * @param children of an index
     * @param referrers that belong to it
     * @param subject the digest of what it belongs to; empty for nothing
     * @param indexes the digests of the indexes that name it
     * @param annotations by name, in their order
     * @param manifest its text, or the beginning of a very long one
     * @param manifestBytes how long it is
     * @param pulls how often something was pulled from its repository, at most five seconds late
     */
    record Details(
            Entry entry,
            List<TagEntry> tags,
            @Nullable Config config,
            List<Step> steps,
            int moreSteps,
            List<Child> children,
            List<Referrer> referrers,
            Optional<String> subject,
            List<String> indexes,
            Map<String, String> annotations,
            String manifest,
            int manifestBytes,
            long pulls) {}

    /**
     * The artifacts of a repository that are there in their own right, the last pushed first.
     *
     * @param wanted part of a tag, or the beginning of a digest; empty for all
     */
    Page<Entry> list(Principal caller, Location location, Optional<String> wanted, PageAfter page);

    /**
     * One artifact.
     *
     * @param reference a tag or a digest
     * @throws Failure.NotFound when it does not exist for this caller
     */
    Details find(Principal caller, Location location, String reference);

    /**
     * Adds a tag to an artifact.
     *
     * @throws Failure.Invalid when it cannot be called that
     * @throws Failure.Conflict when the repository has such a tag
     */
    void addTag(Call call, Location location, String digest, String tag);

    /**
     * Deletes a tag of an artifact, and nothing else.
     *
     * @throws Failure when a rule forbids it
     */
    void deleteTag(Call call, Location location, String digest, String tag);

    /**
     * Deletes an artifact with all its tags.
     *
     * @throws Failure.Conflict when an index names it
     * @throws Failure when a rule forbids it
     */
    void delete(Call call, Location location, String digest);
}
