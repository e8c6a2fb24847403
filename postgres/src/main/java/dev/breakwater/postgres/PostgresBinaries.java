package dev.breakwater.postgres;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Properties;
import java.util.Set;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.tukaani.xz.XZInputStream;

/** The PostgreSQL programs of this machine, carried as an archive on the class path and unpacked once per version. */
final class PostgresBinaries {

    private static final PosixFilePermission[] BY_MODE_BIT = {
        PosixFilePermission.OTHERS_EXECUTE, PosixFilePermission.OTHERS_WRITE, PosixFilePermission.OTHERS_READ,
        PosixFilePermission.GROUP_EXECUTE, PosixFilePermission.GROUP_WRITE, PosixFilePermission.GROUP_READ,
        PosixFilePermission.OWNER_EXECUTE, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_READ
    };

    private final Path home;

    private PostgresBinaries(Path home) {
        this.home = home;
    }

    Path program(String name) {
        return home.resolve("bin").resolve(name);
    }

    /** For example {@code 18}: clusters of one major version can't be read by another. */
    static String majorVersion() throws IOException {
        String version = version();
        return version.substring(0, version.indexOf('.'));
    }

    /**
     * The programs below {@code folder}, unpacked first if they are not there yet. Several processes may do so at the
     * same time: each unpacks into a folder of its own, and whoever is first gives the final name to it.
     */
    static PostgresBinaries unpackedIn(Path folder) throws IOException {
        Path home = folder.resolve(version() + "-" + machine());
        if (Files.isDirectory(home)) {
            return new PostgresBinaries(home);
        }
        Files.createDirectories(folder);
        Path unfinished = Files.createTempDirectory(folder, "unpacking-");
        try {
            unpack(unfinished);
            PostgresFolder.createFolder(unfinished, "rwxr-xr-x");
            Files.move(unfinished, home, StandardCopyOption.ATOMIC_MOVE);
        } catch (FileSystemException e) {
            if (!Files.isDirectory(home)) {
                throw e;
            }
        } finally {
            PostgresFolder.delete(unfinished);
        }
        return new PostgresBinaries(home);
    }

    private static void unpack(Path target) throws IOException {
        String archive = "/postgres-" + machine() + ".txz";
        try (InputStream packed = PostgresBinaries.class.getResourceAsStream(archive)) {
            if (packed == null) {
                throw new PostgresException("This build carries no PostgreSQL for " + machine()
                        + ". Build it on this machine, or name a PostgreSQL with database.url.");
            }
            TarArchiveInputStream entries = new TarArchiveInputStream(new XZInputStream(packed));
            for (TarArchiveEntry entry; (entry = entries.getNextEntry()) != null; ) {
                unpack(entry, entries, target);
            }
        }
    }

    private static void unpack(TarArchiveEntry entry, InputStream content, Path target) throws IOException {
        Path path = target.resolve(entry.getName()).normalize();
        if (!path.startsWith(target)) {
            throw new IOException("entry outside of the archive: " + entry.getName());
        }
        if (entry.isDirectory()) {
            Files.createDirectories(path);
            return;
        }
        Files.createDirectories(path.resolve("..").normalize());
        if (entry.isSymbolicLink()) {
            Files.createSymbolicLink(path, Path.of(entry.getLinkName()));
        } else {
            Files.copy(content, path);
            Files.setPosixFilePermissions(path, permissions(entry.getMode()));
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> permissions = EnumSet.noneOf(PosixFilePermission.class);
        for (int bit = 0; bit < BY_MODE_BIT.length; bit++) {
            if ((mode & (1 << bit)) != 0) {
                permissions.add(BY_MODE_BIT[bit]);
            }
        }
        return permissions;
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream resource = PostgresBinaries.class.getResourceAsStream("binaries.properties")) {
            properties.load(resource);
        }
        return properties.getProperty("version", "unknown.");
    }

    private static String machine() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch", "");
        return (system.startsWith("mac") ? "darwin" : system) + "-"
                + (architecture.equals("aarch64") ? "arm_64" : "x86_64");
    }
}
