package dev.breakwater.server.admin;

import dev.breakwater.kernel.json.Json;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.node.ObjectNode;

/** Lists and makes organizations. */
@Command(
        name = "organizations",
        mixinStandardHelpOptions = true,
        description = "Organizations: list, create.",
        synopsisSubcommandLabel = "COMMAND")
final class OrganizationsCommand {

    private static final String[] FIELDS = {"id", "identifier", "name", "created_at"};

    private final AdminCommand admin;

    OrganizationsCommand(AdminCommand admin) {
        this.admin = admin;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List the organizations that you may see.")
    int list(@Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        admin.output().table(admin.api().list("/organizations", Map.of(), Math.max(1, limit)), FIELDS);
        return 0;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Make an organization.")
    int create(
            @Parameters(paramLabel = "IDENTIFIER", description = "its name in addresses, for ever") String identifier,
            @Option(names = "--name", description = "what people call it (default: the identifier)", defaultValue = "")
                    String name) {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("identifier", identifier)
                .put("name", name.isEmpty() ? identifier : name);
        admin.output().item(admin.api().send("POST", "/organizations", body), FIELDS);
        return 0;
    }
}
