package dev.breakwater.server;

import dev.breakwater.events.Events;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.tenancy.Installation;
import dev.breakwater.tenancy.Tenancy;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;

/**
 * What lets a newcomer begin without a console: a sandbox workspace with a key, and a token for the command line.
 * Both lie in the data folder, readable only for its owner, because the database knows only their hashes.
 *
 * @param defaultPassword whether somebody can still sign in with the password of every fresh installation
 * @param sandbox the ready sandbox; empty when this data folder did not make the installation
 */
public record FirstSteps(boolean defaultPassword, Optional<Sandbox> sandbox) {

    /**
     * A workspace to try things in.
     *
     * @param workspaceId {@code ws_…}
     * @param key an unrestricted {@code hb_test_…} key
     */
    public record Sandbox(String workspaceId, String key) {

        @Override
        public String toString() {
            return "Sandbox[" + workspaceId + "]";
        }
    }

    static FirstSteps prepare(DataFolder folder, Tenancy tenancy, Events events, Installation installation) {
        try {
            if (!Files.exists(folder.adminToken())) {
                Optional<String> token = tenancy.issueAdministratorToken("command line");
                if (token.isPresent()) {
                    write(folder.adminToken(), List.of(token.get()));
                }
            }
            return new FirstSteps(installation.defaultPassword(), sandbox(folder, tenancy, events, installation));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Optional<Sandbox> sandbox(
            DataFolder folder, Tenancy tenancy, Events events, Installation installation) throws IOException {
        Path file = folder.sandboxKey();
        if (Files.exists(file)) {
            List<String> lines = Files.readAllLines(file);
            return lines.size() < 2 ? Optional.empty() : Optional.of(new Sandbox(lines.get(1), lines.get(0)));
        }
        if (events.hasWorkspaces(installation.organization())) {
            return Optional.empty();
        }
        String workspaceId = events.createWorkspace(installation.organization(), Environment.SANDBOX, "Sandbox");
        String key = tenancy.issueApiKey(installation.organization(), Environment.SANDBOX, "first steps");
        write(file, List.of(key, workspaceId));
        return Optional.of(new Sandbox(workspaceId, key));
    }

    private static void write(Path file, List<String> lines) throws IOException {
        Files.createDirectories(file.getParent());
        Path fresh = Files.createTempFile(
                file.getParent(),
                file.getFileName().toString(),
                ".new",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(fresh, lines);
        Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    }
}
