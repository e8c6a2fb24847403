package dev.breakwater.server.admin;

import dev.breakwater.kernel.json.Json;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Lists, makes, suspends and archives workspaces of the events API. */
@Command(
        name = "workspaces",
        mixinStandardHelpOptions = true,
        description = "Workspaces: list, create, suspend, activate, archive.",
        synopsisSubcommandLabel = "COMMAND")
final class WorkspacesCommand {

    private static final String[] FIELDS = {"id", "environment", "name", "status", "created_at"};

    private final AdminCommand admin;

    WorkspacesCommand(AdminCommand admin) {
        this.admin = admin;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the workspaces of an organization.")
    int list(
            @Mixin Listing listing,
            @Option(names = "--environment", description = "only live or sandbox") @Nullable String environment) {
        Map<String, String> filters = listing.filters();
        if (environment != null) {
            filters.put("environment", environment);
        }
        admin.output().table(admin.api().list("/workspaces", filters, listing.limit()), FIELDS);
        return 0;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Make a workspace.")
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--environment", required = true, description = "live or sandbox") String environment,
            @Option(names = "--organization", paramLabel = "ID", description = "an organization's id or identifier")
                    @Nullable
                    String organization) {
        ObjectNode body = Json.mapper().createObjectNode().put("name", name).put("environment", environment);
        if (organization != null) {
            body.put("organization_id", organization);
        }
        admin.output().item(admin.api().send("POST", "/workspaces", body), FIELDS);
        return 0;
    }

    @Command(
            name = "suspend",
            mixinStandardHelpOptions = true,
            description = "Stop writes and deliveries until the workspace is activated again.")
    int suspend(
            @Parameters(paramLabel = "ID") String id,
            @Option(
                            names = "--reason",
                            required = true,
                            description = "billing: reads go on; policy: reads are refused as well")
                    String reason) {
        return change(id, "suspended", reason);
    }

    @Command(name = "activate", mixinStandardHelpOptions = true, description = "Let a suspended workspace go on.")
    int activate(@Parameters(paramLabel = "ID") String id) {
        return change(id, "active", null);
    }

    @Command(
            name = "archive",
            mixinStandardHelpOptions = true,
            description = "Stop writes for good and cancel what was not delivered.")
    int archive(@Parameters(paramLabel = "ID") String id) {
        return change(id, "archived", null);
    }

    private int change(String id, String status, @Nullable String reason) {
        ObjectNode body = Json.mapper().createObjectNode().put("status", status);
        if (reason != null) {
            body.put("suspension_reason", reason);
        }
        admin.output().item(admin.api().send("PATCH", "/workspaces/" + AdminApi.segment(id), body), FIELDS);
        return 0;
    }
}
