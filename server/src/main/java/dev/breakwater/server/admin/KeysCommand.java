package dev.breakwater.server.admin;

import dev.breakwater.kernel.json.Json;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Lists, makes and revokes the API keys of organizations. */
@Command(
        name = "keys",
        mixinStandardHelpOptions = true,
        description = "API keys: list, create, revoke.",
        synopsisSubcommandLabel = "COMMAND")
final class KeysCommand {

    private final AdminCommand admin;

    KeysCommand(AdminCommand admin) {
        this.admin = admin;
    }

    @Command(
            name = "list",
            mixinStandardHelpOptions = true,
            description = "List the API keys of an organization, without their secrets.")
    int list(@Mixin Listing listing) {
        admin.output()
                .table(
                        admin.api().list("/api_keys", listing.filters(), listing.limit()),
                        "id",
                        "name",
                        "prefix",
                        "last_four",
                        "unrestricted",
                        "scopes",
                        "expires_at",
                        "revoked_at",
                        "last_used_at");
        return 0;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Make an API key and show it, this once.")
    int create(
            @Parameters(paramLabel = "NAME") String name,
            @Option(names = "--environment", required = true, description = "live or sandbox") String environment,
            @Option(names = "--unrestricted", description = "let it do everything") boolean unrestricted,
            @Option(names = "--scope", paramLabel = "SCOPE", description = "what it may do; repeat for several")
                    @Nullable
                    List<String> scopes,
            @Option(
                            names = "--workspace",
                            paramLabel = "ID",
                            description = "the only workspaces it reaches; may repeat")
                    @Nullable
                    List<String> workspaces,
            @Option(names = "--expires-at", paramLabel = "TIME", description = "for example 2027-01-31T00:00:00Z")
                    @Nullable
                    String expiresAt,
            @Option(names = "--organization", paramLabel = "ID", description = "an organization's id or identifier")
                    @Nullable
                    String organization) {
        ObjectNode body = Json.mapper().createObjectNode().put("name", name).put("environment", environment);
        if (unrestricted) {
            body.put("unrestricted", true);
        }
        if (scopes != null) {
            scopes.forEach(body.putArray("scopes")::add);
        }
        if (workspaces != null) {
            workspaces.forEach(body.putArray("workspaces")::add);
        }
        if (expiresAt != null) {
            body.put("expires_at", expiresAt);
        }
        if (organization != null) {
            body.put("organization_id", organization);
        }
        Output output = admin.output();
        output.item(
                admin.api().send("POST", "/api_keys", body),
                "id",
                "name",
                "environment",
                "unrestricted",
                "scopes",
                "workspaces",
                "expires_at",
                "secret");
        output.say("Keep the secret now: it cannot be shown again.");
        return 0;
    }

    @Command(
            name = "revoke",
            mixinStandardHelpOptions = true,
            description = "Revoke an API key; it is refused within a second.")
    int revoke(@Parameters(paramLabel = "ID") String id) {
        admin.api().send("DELETE", "/api_keys/" + AdminApi.segment(id), null);
        admin.output().say("Revoked " + id + ".");
        return 0;
    }
}
