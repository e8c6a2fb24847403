package dev.breakwater.registry.configuration;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificate of the authority that signed this server's, as a file that clients download. It is read each time, so
 * that a renewed one needs no restart.
 */
public final class Authority {

    private static final Logger log = LoggerFactory.getLogger(Authority.class);
    private static final int LARGEST = 1 << 20;

    private final Optional<Path> file;

    /** That of a file; empty when the operator named none. */
    public Authority(Optional<Path> file) {
        this.file = file;
    }

    /** Whether there is one. */
    public boolean isKnown() {
        return file.isPresent();
    }

    /** The file as an attachment; empty when the operator named none. */
    public Optional<Answer> download() {
        return file.map(path -> Answer.of(200, "application/octet-stream", read(path))
                .with("Content-Disposition", "attachment; filename=ca.crt"));
    }

    private static byte[] read(Path path) {
        try (InputStream in = Files.newInputStream(path)) {
            return in.readNBytes(LARGEST);
        } catch (IOException e) {
            log.error("The certificate of the authority cannot be read", e);
            throw new Failure.Internal("The certificate cannot be read.");
        }
    }
}
