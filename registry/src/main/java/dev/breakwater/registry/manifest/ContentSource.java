package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.project.Project;

/**
 * Where content comes from that is not here yet: the registry which a project mirrors. It is asked at every read of a
 * manifest, so it looks at the project first and does nothing for one that mirrors nothing.
 */
public interface ContentSource {

    /** Content comes by pushes only. */
    ContentSource NONE = new ContentSource() {};

    /**
     * Makes sure that a manifest is here as the other registry has it now; does nothing when it has none, or cannot be
     * reached while there is one here.
     *
     * @param repository the whole name
     * @param reference a tag or digest
     * @return whether there may be something new, so that it pays to look again
     */
    default boolean bringManifest(Project project, String repository, String reference) {
        return false;
    }

    /**
     * Makes sure that a blob is here; does nothing when the other registry has none. It is only asked for blobs that are
     * not here.
     *
     * @return whether there may be something new, so that it pays to look again
     */
    default boolean bringBlob(Project project, String repository, Digest digest) {
        return false;
    }
}
