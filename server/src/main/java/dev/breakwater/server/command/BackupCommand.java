package dev.breakwater.server.command;

import dev.breakwater.kernel.time.SystemTime;
import dev.breakwater.registry.BlobSettings;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.BlobStores;
import dev.breakwater.server.DataFolder;
import dev.breakwater.server.InstallationDatabase;
import dev.breakwater.server.backup.Backup;
import dev.breakwater.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Writes the installation into one file. */
@Command(
        name = "backup",
        description = {
            "Write the database, the installation key and the blobs into one file.",
            "Works while Breakwater runs. The file can decrypt every secret: keep it safe.",
            "Blobs in S3 stay there: keep copies of the bucket."
        })
final class BackupCommand implements Callable<Integer> {

    @Mixin
    final SettingOptions settings = new SettingOptions();

    @Parameters(paramLabel = "FILE", description = "the file to write, for example breakwater.tar.gz")
    private Path file = Path.of("");

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException, SQLException {
        Configuration configuration = settings.load();
        DataFolder folder = DataFolder.of(configuration);
        try (SystemTime time = new SystemTime();
                InstallationDatabase database = InstallationDatabase.open(configuration)) {
            new Backup(
                            database.address(),
                            folder,
                            blobs(configuration, folder, time),
                            time,
                            spec.commandLine().getErr())
                    .write(file.toAbsolutePath());
        }
        return 0;
    }

    private Optional<BlobStore> blobs(Configuration configuration, DataFolder folder, SystemTime time)
            throws IOException {
        return switch (configuration.blobs()) {
            // Opening the store would make the folder.
            case BlobSettings.Files files
            when Files.exists(folder.blobs()) -> Optional.of(BlobStores.open(files, folder.blobs(), time));
            case BlobSettings.Files _ -> Optional.empty();
            case BlobSettings.S3 s3 -> {
                spec.commandLine().getErr().println("The blobs stay in " + s3 + " and are not part of the file.");
                yield Optional.empty();
            }
        };
    }
}
