package dev.breakwater.server.admin;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.server.StartException;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Lists, makes and disables users, and sets their passwords. */
@Command(
        name = "users",
        mixinStandardHelpOptions = true,
        description = "Users: list, create, disable, password.",
        synopsisSubcommandLabel = "COMMAND",
        footer = {"", "Passwords are asked for, or read from the standard input, one a line; never given as arguments."
        })
final class UsersCommand {

    private static final String[] FIELDS = {"id", "username", "email", "name", "administrator", "disabled", "created_at"
    };

    private final AdminCommand admin;

    UsersCommand(AdminCommand admin) {
        this.admin = admin;
    }

    @Command(name = "list", mixinStandardHelpOptions = true, description = "List all users.")
    int list(@Option(names = "--limit", paramLabel = "N", defaultValue = "100") int limit) {
        admin.output().table(admin.api().list("/users", Map.of(), Math.max(1, limit)), FIELDS);
        return 0;
    }

    @Command(name = "create", mixinStandardHelpOptions = true, description = "Make a user.")
    int create(
            @Parameters(paramLabel = "USERNAME") String username,
            @Option(names = "--email") @Nullable String email,
            @Option(names = "--name", description = "what people call the user") @Nullable String name,
            @Option(names = "--administrator", description = "let the user do everything") boolean administrator) {
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("username", username)
                .put("administrator", administrator)
                .put("password", PasswordPrompt.ask("Password of " + username));
        if (email != null) {
            body.put("email", email);
        }
        if (name != null) {
            body.put("name", name);
        }
        admin.output().item(admin.api().send("POST", "/users", body), FIELDS);
        return 0;
    }

    @Command(
            name = "disable",
            mixinStandardHelpOptions = true,
            description = "Keep a user out, with every session and token.")
    int disable(@Parameters(paramLabel = "USERNAME") String username) {
        AdminApi api = admin.api();
        ObjectNode body = Json.mapper().createObjectNode().put("disabled", true);
        admin.output().item(api.send("PATCH", "/users/" + id(api, username), body), FIELDS);
        return 0;
    }

    @Command(name = "password", mixinStandardHelpOptions = true, description = "Set the password of a user.")
    int password(
            @Parameters(paramLabel = "USERNAME", arity = "0..1", description = "default: yourself") @Nullable
                    String username) {
        AdminApi api = admin.api();
        JsonNode self = api.get("/sessions");
        boolean own = username == null
                || username.equalsIgnoreCase(self.path("username").asString(""));
        ObjectNode body = Json.mapper().createObjectNode();
        if (own) {
            body.put("current_password", PasswordPrompt.ask("Current password"));
        }
        body.put("password", PasswordPrompt.ask("New password"));
        String id = own ? self.path("id").asString("") : id(api, String.valueOf(username));
        api.send("PUT", "/users/" + id + "/password", body);
        admin.output().say("The password has been changed; other sessions of the user have ended.");
        return 0;
    }

    private static String id(AdminApi api, String username) {
        List<JsonNode> found = api.list("/users", Map.of("username", username), 1);
        if (found.isEmpty()) {
            throw new StartException("There is no user " + username + ". 'breakwater admin users list' shows all.");
        }
        return found.getFirst().path("id").asString("");
    }
}
