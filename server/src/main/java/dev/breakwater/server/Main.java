package dev.breakwater.server;

import dev.breakwater.server.command.Program;

/** The start of the process. */
public final class Main {

    private Main() {}

    public static void main(String[] arguments) {
        System.exit(Program.commandLine().execute(arguments));
    }
}
