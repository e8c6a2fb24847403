package dev.breakwater.server.command;

import dev.breakwater.server.FirstSteps;
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
        FirstSteps steps = platform.firstSteps();
        String signIn = configuration.get(Settings.ADMIN_USERNAME)
                + (steps.defaultPassword()
                        ? " / " + Settings.DEFAULT_ADMIN_PASSWORD + "   (change it: breakwater admin users password)"
                        : "");
        return """
                Breakwater is ready at %s   (Ctrl-C stops it)
                  data           %s
                  administrator  %s%s""".formatted(
                platform.url(),
                storage,
                signIn,
                steps.sandbox().map(sandbox -> sandbox(platform, sandbox)).orElse(""));
    }

    private static String sandbox(Platform platform, FirstSteps.Sandbox sandbox) {
        return """

                  sandbox key    %s
                  workspace      %s
                Post an event:
                  curl -s %s/v1/events -H 'Authorization: Bearer %s' -H 'Content-Type: application/json' -d '{"workspace_id":"%s","type":"order.shipped","payload":{"order_id":"ord_1"}}'""".formatted(
                        sandbox.key(), sandbox.workspaceId(), platform.url(), sandbox.key(), sandbox.workspaceId());
    }
}
