package dev.breakwater.console.home;

import dev.breakwater.events.WorkspaceRegister;

/**
 * What a newcomer does first, and how far that has come.
 *
 * @param workspace of the sandbox, in which it is done
 * @param host where this server is reached, for commands to copy
 * @param hasKey whether there is a key that works
 * @param hasWebhook whether somebody is told
 * @param hasEvent whether something happened
 */
public record FirstSteps(
        WorkspaceRegister.Entry workspace, String host, boolean hasKey, boolean hasWebhook, boolean hasEvent) {

    /** A command that lets the terminal know the key. */
    public String keyCommand() {
        return "export HARBOR_SECRET_KEY=hb_test_…";
    }

    /** A command that posts an event. */
    public String eventCommand() {
        return """
                curl -s %s/v1/events \\
                  -H "Authorization: Bearer $HARBOR_SECRET_KEY" \\
                  -H 'Content-Type: application/json' \\
                  -d '{"workspace_id":"%s","type":"order.shipped","payload":{"order_id":"ord_1"}}'""".formatted(host, workspace.id());
    }

    /** A command that brings events to a program on this machine. */
    public String forwardCommand() {
        return "./breakwater events forward --to http://localhost:3000/hook";
    }
}
