package dev.breakwater.registry.manifest;

import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.project.Project;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Optional;

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

    /**
     * Brings a blob as {@link #bringBlob} does, and lets the bytes of a large one be had before all of them are here.
     */
    default Followed followBlob(Project project, String repository, Digest digest) {
        return new Followed(false, Optional.empty());
    }

    /**
     * What became of a blob.
     *
     * @param found whether there may be something new, so that it pays to look again
     * @param arriving the blob while it is not all here
     */
    record Followed(boolean found, Optional<Arriving> arriving) {}

    /** A blob on its way here. */
    interface Arriving {

        /** How many bytes it has. */
        long length();

        /**
         * Writes them as they come. The last one comes when they have turned out to be what the digest names.
         *
         * @throws IOException when they do not come whole, or cannot be written
         */
        void copyTo(OutputStream out) throws IOException;
    }
}
