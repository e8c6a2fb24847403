package dev.breakwater.server;

import static java.nio.file.StandardCopyOption.ATOMIC_MOVE;
import static java.nio.file.StandardCopyOption.REPLACE_EXISTING;

import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.EmbeddedPostgres;
import dev.breakwater.server.config.Configuration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The layout of {@code data.dir}. */
public record DataFolder(Path path) {

    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    /** The folder that this configuration names. */
    public static DataFolder of(Configuration configuration) {
        return new DataFolder(configuration.dataFolder());
    }

    /** The key of the installation, without which the stored secrets can't be read. */
    public Path installationKey() {
        return path.resolve("installation-key.json");
    }

    /** The token with which the command line of this machine administers the server. */
    public Path adminToken() {
        return path.resolve("admin-token");
    }

    /** The first sandbox key, and on the next line the workspace that it was made for. */
    public Path sandboxKey() {
        return path.resolve("sandbox-key");
    }

    /** Notes where the server on this folder answers, whatever flags it was started with. */
    void noteServer(URI url) {
        try {
            Files.createDirectories(path);
            Files.writeString(server(), url.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Where the server on this folder answers or answered last; empty when none has run, or this user may not know. */
    public Optional<URI> serverUrl() {
        try {
            return Files.isReadable(server())
                    ? Optional.of(URI.create(Files.readString(server()).strip()))
                    : Optional.empty();
        } catch (IOException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Path server() {
        return path.resolve("server-url");
    }

    /** The files that belong to the rows of the database, and would be lost without them. */
    public List<Path> keptFiles() {
        return List.of(installationKey(), adminToken(), sandboxKey());
    }

    /** Writes what is to become the file {@code kept} beside it. */
    public Path stage(Path kept, byte[] content) throws IOException {
        Files.createDirectories(path);
        Path staged = Files.createTempFile(path, String.valueOf(kept.getFileName()), ".new", OWNER_ONLY);
        return Files.write(staged, content);
    }

    /** Puts the staged files in the place of the present ones, which stay under another name. */
    public void replace(Map<Path, Path> stagedByKept) throws IOException {
        for (Path kept : keptFiles()) {
            if (Files.exists(kept)) {
                Files.move(kept, kept.resolveSibling(kept.getFileName() + ".replaced"), REPLACE_EXISTING);
            }
        }
        for (Map.Entry<Path, Path> file : stagedByKept.entrySet()) {
            Files.move(file.getValue(), file.getKey(), ATOMIC_MOVE);
        }
    }

    /** Content-addressed blobs. */
    public Path blobs() {
        return path.resolve("blobs");
    }

    /** Starts the embedded PostgreSQL; see {@link EmbeddedPostgres#start}. */
    public EmbeddedPostgres startPostgres() {
        return EmbeddedPostgres.start(postgres(), path.resolve("postgresql-programs"));
    }

    /** The embedded PostgreSQL of a Breakwater that is running on this folder. */
    public Optional<DatabaseAddress> runningPostgres() {
        return EmbeddedPostgres.running(postgres());
    }

    private Path postgres() {
        return path.resolve("postgresql");
    }
}
