package dev.breakwater.console.settings;

/**
 * A scope, explained.
 *
 * @param code as keys carry it
 * @param purpose what it lets a program do
 */
public record KeyScope(String code, String purpose) {

    static KeyScope of(String code) {
        return new KeyScope(
                code,
                switch (code) {
                    case "events:read" -> "List and retrieve events, with their payloads.";
                    case "events:write" -> "Post events.";
                    case "webhooks:manage" -> "Everything about webhooks and deliveries.";
                    case "workspaces:read" -> "Read the name and the status of a workspace.";
                    default -> "";
                });
    }
}
