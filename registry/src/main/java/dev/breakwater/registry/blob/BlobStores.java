package dev.breakwater.registry.blob;

import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.BlobSettings;
import java.io.IOException;
import java.nio.file.Path;

/** Opens the store that is configured. A server without S3 loads nothing of its client. */
public final class BlobStores {

    private BlobStores() {}

    /**
     * Opens the store. It asks no other machine, so that a server starts while S3 is away; see
     * {@link BlobStore#check()}.
     *
     * @param folder of the blobs, or of what is on its way to S3
     */
    public static BlobStore open(BlobSettings settings, Path folder, TimeSource time) throws IOException {
        return switch (settings) {
            case BlobSettings.Files _ -> new FileBlobs(folder, time);
            case BlobSettings.S3 s3 -> S3Blobs.open(s3, folder, time);
        };
    }
}
