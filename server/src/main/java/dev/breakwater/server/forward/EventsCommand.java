package dev.breakwater.server.forward;

import picocli.CommandLine.Command;

/** {@code breakwater events …}: what developers do with the events API. */
@Command(
        name = "events",
        description = "Work with the events API.",
        synopsisSubcommandLabel = "COMMAND",
        mixinStandardHelpOptions = true,
        subcommands = ForwardCommand.class)
public final class EventsCommand {}
