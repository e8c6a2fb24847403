package dev.breakwater.registry.scanning;

import dev.breakwater.registry.Scanner;
import dev.breakwater.registry.manifest.ContentListener;
import dev.breakwater.registry.manifest.MediaTypes;
import org.jdbi.v3.core.Handle;

/** Has what is pushed scanned at once, in projects that want it so (registry.md 3.3). */
public final class ScanOnPush implements ContentListener {

    private final Scanner scanner;

    /** Asks this scanner. */
    public ScanOnPush(Scanner scanner) {
        this.scanner = scanner;
    }

    @Override
    public void pushed(Handle handle, Pushed pushed) {
        boolean wanted = pushed.place().project().isOn("auto_scan")
                && pushed.subject() == null
                && !MediaTypes.isIndex(pushed.mediaType())
                && scanner.about().isPresent()
                && scanner.supports(pushed.mediaType(), pushed.artifactType());
        if (wanted) {
            scanner.request(
                    handle,
                    new Scanner.Target(
                            pushed.place().project().id(),
                            pushed.place().name(),
                            pushed.digest().toString(),
                            pushed.mediaType(),
                            pushed.username()));
        }
    }
}
