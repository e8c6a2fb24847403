package dev.breakwater.server.command;

import dev.breakwater.kernel.time.SystemTime;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.BlobStores;
import dev.breakwater.server.DataFolder;
import dev.breakwater.server.InstallationDatabase;
import dev.breakwater.server.StartException;
import dev.breakwater.server.backup.Restore;
import dev.breakwater.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Puts a backup back. */
@Command(
        name = "restore",
        description = {
            "Put a backup into an empty installation. Stop Breakwater first.",
            "Either all of it is restored, or nothing is changed."
        })
final class RestoreCommand implements Callable<Integer> {

    @Mixin
    final SettingOptions settings = new SettingOptions();

    @Parameters(paramLabel = "FILE", description = "a file that 'breakwater backup' wrote")
    private Path file = Path.of("");

    @Option(names = "--force", description = "replace everything that is there")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException {
        Configuration configuration = settings.load();
        Path source = file.toAbsolutePath();
        if (!Files.isReadable(source)) {
            throw new StartException("There is no readable file " + source + ".");
        }
        DataFolder folder = DataFolder.of(configuration);
        try (SystemTime time = new SystemTime();
                InstallationDatabase database = InstallationDatabase.open(configuration);
                BlobStore blobs = BlobStores.open(configuration.blobs(), folder.blobs(), time)) {
            new Restore(database.address(), folder, blobs, spec.commandLine().getErr()).read(source, force);
        }
        return 0;
    }
}
