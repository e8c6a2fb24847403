package dev.breakwater.server.command;

import java.io.IOException;
import java.io.InputStream;
import java.util.Properties;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** Says which Breakwater this is, and on which Java. */
@Command(name = "version", description = "Print the version.")
final class VersionCommand implements Callable<Integer> {

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() throws IOException {
        spec.commandLine()
                .getOut()
                .printf("Breakwater %s, Java %s%n", version(), Runtime.version().feature());
        return 0;
    }

    private static String version() throws IOException {
        Properties properties = new Properties();
        try (InputStream resource = VersionCommand.class.getResourceAsStream("version.properties")) {
            properties.load(resource);
        }
        return properties.getProperty("version", "unknown");
    }
}
