package dev.breakwater.registry.scanning;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.registry.Scanner;
import java.util.List;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/** Has all images scanned that have a tag and that the scanner can scan, some hundred at a time. */
public final class ScanAll {

    private static final int BATCH = 500;

    private final Database database;
    private final Scanner scanner;

    /** Asks this scanner. */
    public ScanAll(Database database, Scanner scanner) {
        this.database = database;
        this.scanner = scanner;
    }

    /** Whether there is a scanner. */
    boolean isPossible() {
        return scanner.about().isPresent();
    }

    /**
     * Asks for the scans.
     *
     * @param project of this project only; null for all
     * @param username in whose name
     */
    public void request(@Nullable Long project, String username) {
        long after = 0;
        while (true) {
            long from = after;
            List<ScannableStore.Image> batch = database.transact(handle -> {
                List<ScannableStore.Image> images = ScannableStore.tagged(handle, project, from, BATCH);
                images.forEach(image -> request(handle, image, username));
                return images;
            });
            if (batch.size() < BATCH) {
                return;
            }
            after = batch.getLast().manifestId();
        }
    }

    /** Asks for the scan of one image, if it can be scanned. */
    public void request(Handle handle, ScannableStore.Image image, String username) {
        if (scanner.supports(image.mediaType(), image.configType())) {
            scanner.request(handle, image.target(username));
        }
    }
}
