package dev.breakwater.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A server in a folder of its own below the system's temporary folder, as durable as any other, removed when it is
 * closed or the JVM ends. Tests and benchmarks that share a JVM share {@link #shared()} and take a database each.
 */
public final class TemporaryPostgres implements AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(TemporaryPostgres.class);

    /** Several Breakwater servers share it. */
    private static final List<String> MANY_CONNECTIONS = List.of("-c", "max_connections=200");

    private final Path folder;
    private final EmbeddedPostgres server;
    private final Thread atExit = new Thread(this::remove, "postgresql-removal");
    private final AtomicInteger databases = new AtomicInteger();

    private TemporaryPostgres(Path folder, EmbeddedPostgres server) {
        this.folder = folder;
        this.server = server;
    }

    /** Starts a server of the caller's own; takes about a second. */
    public static TemporaryPostgres start() {
        try {
            Path folder = Files.createTempDirectory("breakwater-postgresql-");
            Files.setPosixFilePermissions(folder, PosixFilePermissions.fromString("rwx--x--x"));
            TemporaryPostgres temporary = new TemporaryPostgres(
                    folder, EmbeddedPostgres.start(folder.resolve("postgresql"), binaries(folder), MANY_CONNECTIONS));
            Runtime.getRuntime().addShutdownHook(temporary.atExit);
            return temporary;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The one server of this JVM, started on first use. Do not close it. */
    public static TemporaryPostgres shared() {
        return Shared.SERVER;
    }

    public EmbeddedPostgres server() {
        return server;
    }

    /** A new empty database that nobody else uses. */
    public DatabaseAddress newDatabase() {
        return server.createDatabase("scratch_" + databases.incrementAndGet());
    }

    @Override
    public void close() {
        Runtime.getRuntime().removeShutdownHook(atExit);
        remove();
    }

    private void remove() {
        server.abandon();
        try {
            PostgresFolder.delete(folder);
        } catch (IOException e) {
            log.warn("can't remove {}", folder, e);
        }
    }

    /** One unpacked copy for all temporary servers of this user, unless somebody else made that folder. */
    private static Path binaries(Path folder) throws IOException {
        long uid = new UnixSystem().getUid();
        Path common = folder.resolveSibling("breakwater-postgresql-binaries-" + uid);
        try {
            Files.createDirectory(
                    common, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        } catch (FileAlreadyExistsException e) {
            boolean ours = Files.isDirectory(common, LinkOption.NOFOLLOW_LINKS)
                    && Files.getAttribute(common, "unix:uid").equals((int) uid);
            return ours ? common : folder.resolve("binaries");
        }
        return common;
    }

    private static final class Shared {
        static final TemporaryPostgres SERVER = start();
    }
}
