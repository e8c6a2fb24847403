package dev.breakwater.registry.blob;

import dev.breakwater.registry.blob.BlobStore.NoRoomException;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

/** What file systems say and need. */
final class Disk {

    private static final List<String> FULL = List.of("No space left on device", "Disk quota exceeded");

    /** Below this, a failed write is put down to a full disk even when the system says it in another language. */
    private static final long NOTHING = 256 << 10;

    private Disk() {}

    /** A {@link NoRoomException} when that is what {@code failure} means, else the failure itself. */
    static IOException explain(IOException failure, Path place) {
        if (failure instanceof NoRoomException || failure instanceof BlobStore.TooLongException) {
            return failure;
        }
        String message = String.valueOf(failure.getMessage());
        return FULL.stream().anyMatch(message::contains) || isFull(place) ? new NoRoomException(failure) : failure;
    }

    private static boolean isFull(Path place) {
        try {
            return Files.getFileStore(place).getUsableSpace() < NOTHING;
        } catch (IOException e) {
            return false;
        }
    }

    /** Makes the names in a folder outlast a loss of power. */
    static void force(Path folder) throws IOException {
        try (FileChannel channel = FileChannel.open(folder, StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
