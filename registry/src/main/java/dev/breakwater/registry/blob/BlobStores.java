package dev.breakwater.registry.blob;

import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.BlobSettings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;
import java.util.Set;

/** Opens the store that is configured. A server without S3 loads nothing of its client. */
public final class BlobStores {

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    private BlobStores() {}

    /**
     * Opens the store. It asks no other machine, so that a server starts while S3 is away; see
     * {@link BlobStore#check()}. A folder that it makes is for its owner alone: what is private in the registry stays so for
     * the other users of the machine.
     *
     * @param folder of the blobs, or of what is on its way to S3
     */
    public static BlobStore open(BlobSettings settings, Path folder, TimeSource time) throws IOException {
        Files.createDirectories(Objects.requireNonNull(folder.toAbsolutePath().getParent(), "a folder has a parent"));
        Files.createDirectories(folder, OWNER_ONLY);
        return switch (settings) {
            case BlobSettings.Files _ -> new FileBlobs(folder, time);
            case BlobSettings.S3 s3 -> S3Blobs.open(s3, folder, time);
        };
    }
}
