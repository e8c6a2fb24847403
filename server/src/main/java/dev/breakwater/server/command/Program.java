package dev.breakwater.server.command;

import dev.breakwater.postgres.PostgresException;
import dev.breakwater.server.StartException;
import dev.breakwater.server.admin.AdminCommand;
import dev.breakwater.server.config.ConfigurationException;
import dev.breakwater.server.forward.EventsCommand;
import dev.breakwater.tenancy.InstallationMismatch;
import java.io.PrintWriter;
import picocli.CommandLine;
import picocli.CommandLine.Command;

/** The whole command line. */
@Command(
        name = "breakwater",
        description = "A self-hosted software delivery platform in one process.",
        synopsisSubcommandLabel = "COMMAND",
        subcommandsRepeatable = false)
public final class Program {

    private static final int FAILED = 1;
    private static final int WRONG_SETTINGS = 2;

    private Program() {}

    /** Ready to execute. What an operator can mend is explained in a line, everything else with its stack trace. */
    public static CommandLine commandLine() {
        CommandLine program = new CommandLine(new Program());
        UpCommand up = new UpCommand();
        ConfigCommand config = new ConfigCommand();
        SettingOptions.addTo(add(program, "up", up), up.settings);
        SettingOptions.addTo(add(program, "config", config), config.settings);
        BackupCommand backup = new BackupCommand();
        RestoreCommand restore = new RestoreCommand();
        SettingOptions.addTo(add(program, "backup", backup), backup.settings);
        SettingOptions.addTo(add(program, "restore", restore), restore.settings);
        program.addSubcommand(AdminCommand.commandLine(System.getenv()));
        program.addSubcommand(new EventsCommand());
        add(program, "version", new VersionCommand());
        add(program, "rehearse", new RehearseCommand());
        program.setExecutionExceptionHandler(Program::explain);
        return program;
    }

    private static CommandLine add(CommandLine program, String name, Object command) {
        CommandLine line = new CommandLine(command);
        line.getCommandSpec().mixinStandardHelpOptions(true);
        program.addSubcommand(name, line);
        return line;
    }

    private static int explain(Exception failure, CommandLine command, CommandLine.ParseResult arguments)
            throws Exception {
        PrintWriter err = command.getErr();
        switch (failure) {
            case ConfigurationException wrong -> {
                wrong.problems().forEach(err::println);
                return WRONG_SETTINGS;
            }
            case PostgresException mendable -> err.println(mendable.getMessage());
            case InstallationMismatch mendable -> err.println(mendable.getMessage());
            case StartException mendable -> err.println(mendable.getMessage());
            default -> throw failure;
        }
        return FAILED;
    }
}
