package dev.breakwater.postgres;

import com.sun.security.auth.module.UnixSystem;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The account of the operating system that PostgreSQL runs as: our own, or, because PostgreSQL refuses to run as root,
 * an unprivileged one when we are root.
 */
record ServerAccount(String name, int uid, int gid, boolean dropped) {

    private static final Path ACCOUNTS = Path.of("/etc/passwd");
    private static final Path SETPRIV = Path.of("/usr/bin/setpriv");
    private static final Path SETSID = Path.of("/usr/bin/setsid");
    private static final Path PERL = Path.of("/usr/bin/perl");
    private static final int NOBODY = 65534;

    /** An existing cluster keeps its owner; a new one belongs to {@code postgres}, or {@code nobody} without such. */
    static ServerAccount choose(Path cluster) throws IOException {
        UnixSystem self = new UnixSystem();
        if (self.getUid() != 0) {
            requireOwner(cluster, (int) self.getUid());
            return new ServerAccount(self.getUsername(), (int) self.getUid(), (int) self.getGid(), false);
        }
        if (!Files.isExecutable(SETPRIV)) {
            throw new PostgresException("PostgreSQL does not run as root, and " + SETPRIV
                    + " (package util-linux), which would start it as another user, is missing."
                    + " Start Breakwater as an ordinary user, or name a PostgreSQL with database.url.");
        }
        List<ServerAccount> accounts = accounts();
        if (Files.exists(cluster)) {
            int owner = owner(cluster);
            return accounts.stream()
                    .filter(account -> account.uid == owner)
                    .findFirst()
                    .orElseGet(() -> new ServerAccount("user " + owner, owner, owner, true));
        }
        return named("postgres", accounts)
                .or(() -> named("nobody", accounts))
                .orElseGet(() -> new ServerAccount("nobody", NOBODY, NOBODY, true));
    }

    /**
     * The command line that runs {@code program} as this account. It gets a process group of its own, so that Ctrl-C
     * reaches only us and we stop it when its clients are done, and it is interrupted by the kernel when the thread that
     * started it dies.
     */
    List<String> serverCommand(List<String> program) {
        List<String> command = new ArrayList<>();
        if (Files.isExecutable(SETSID)) {
            command.add(SETSID.toString());
        } else if (Files.isExecutable(PERL)) {
            command.addAll(List.of(PERL.toString(), "-MPOSIX", "-e", "POSIX::setsid(); exec @ARGV", "--"));
        }
        if (Files.isExecutable(SETPRIV)) {
            command.add(SETPRIV.toString());
            command.addAll(List.of("--pdeathsig", "INT"));
            command.addAll(drop());
            command.add("--");
        }
        command.addAll(program);
        return command;
    }

    /** The command line that runs a short-lived {@code program} as this account. */
    List<String> command(List<String> program) {
        List<String> command = new ArrayList<>();
        if (dropped) {
            command.add(SETPRIV.toString());
            command.addAll(drop());
            command.add("--");
        }
        command.addAll(program);
        return command;
    }

    private List<String> drop() {
        return dropped
                ? List.of("--reuid", Integer.toString(uid), "--regid", Integer.toString(gid), "--clear-groups")
                : List.of();
    }

    /** Makes this account the owner of {@code path}. */
    void own(Path path) throws IOException {
        if (dropped) {
            Files.setAttribute(path, "unix:uid", uid);
            Files.setAttribute(path, "unix:gid", gid);
        }
    }

    /** Whether this account may walk down to {@code folder}, which exists. */
    boolean reaches(Path folder) throws IOException {
        return barrier(folder).isEmpty();
    }

    /** Throws when this account may not walk down to {@code folder}. */
    void requireReach(Path folder) throws IOException {
        Optional<Path> barrier = barrier(folder);
        if (barrier.isPresent()) {
            throw new PostgresException("PostgreSQL does not run as root; it runs as " + name + ", who may not enter "
                    + barrier.get() + ". Set data.dir to a folder which every user can reach (/var/lib/breakwater),"
                    + " or allow it with: chmod o+x " + barrier.get());
        }
    }

    private Optional<Path> barrier(Path folder) throws IOException {
        if (dropped) {
            for (Path step = folder.toRealPath(); step != null; step = step.getParent()) {
                if (!mayEnter(step)) {
                    return Optional.of(step);
                }
            }
        }
        return Optional.empty();
    }

    private boolean mayEnter(Path folder) throws IOException {
        Set<PosixFilePermission> permissions = Files.getPosixFilePermissions(folder);
        if (owner(folder) == uid) {
            return permissions.contains(PosixFilePermission.OWNER_EXECUTE);
        }
        boolean sameGroup = Files.getAttribute(folder, "unix:gid").equals(gid);
        return permissions.contains(sameGroup ? PosixFilePermission.GROUP_EXECUTE : PosixFilePermission.OTHERS_EXECUTE);
    }

    private static void requireOwner(Path cluster, int uid) throws IOException {
        if (Files.exists(cluster) && owner(cluster) != uid) {
            throw new PostgresException("The database in " + cluster + " belongs to user " + owner(cluster)
                    + ". Start Breakwater as the user who created it, or choose another data.dir.");
        }
    }

    private static int owner(Path path) throws IOException {
        return (Integer) Files.getAttribute(path, "unix:uid");
    }

    private static Optional<ServerAccount> named(String name, List<ServerAccount> accounts) {
        return accounts.stream().filter(account -> account.name.equals(name)).findFirst();
    }

    private static List<ServerAccount> accounts() throws IOException {
        try (Stream<String> lines = Files.lines(ACCOUNTS)) {
            return lines.map(line -> line.split(":", -1))
                    .filter(fields -> fields.length > 3)
                    .map(fields -> new ServerAccount(
                            fields[0], Integer.parseInt(fields[2]), Integer.parseInt(fields[3]), true))
                    .toList();
        }
    }
}
