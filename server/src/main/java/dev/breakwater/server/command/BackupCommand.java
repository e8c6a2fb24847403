package dev.breakwater.server.command;

import dev.breakwater.kernel.time.SystemTime;
import dev.breakwater.server.DataFolder;
import dev.breakwater.server.InstallationDatabase;
import dev.breakwater.server.backup.Backup;
import dev.breakwater.server.config.Configuration;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
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
            "Works while Breakwater runs. The file can decrypt every secret: keep it safe."
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
        try (SystemTime time = new SystemTime();
                InstallationDatabase database = InstallationDatabase.open(configuration)) {
            new Backup(
                            database.address(),
                            DataFolder.of(configuration),
                            time,
                            spec.commandLine().getErr())
                    .write(file.toAbsolutePath());
        }
        return 0;
    }
}
