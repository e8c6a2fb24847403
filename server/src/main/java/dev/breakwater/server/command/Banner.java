package dev.breakwater.server.command;

import dev.breakwater.server.Platform;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.Settings;

/** The few lines that a successful start prints. */
final class Banner {

    private Banner() {}

    static String of(Configuration configuration, Platform platform) {
        String storage = configuration
                .externalDatabase()
                .map(external -> external.url() + " and " + configuration.dataFolder())
                .orElseGet(() -> configuration.dataFolder().toString());
        return """
                Breakwater is ready at %s
                  data           %s
                  administrator  %s
                Stop it with Ctrl-C.""".formatted(platform.url(), storage, configuration.get(Settings.ADMIN_USERNAME));
    }
}
