package dev.breakwater.server.config;

/** Writes {@code docs/configuration.md} from the declared settings. */
public final class ConfigurationGuide {

    private static final String INTRODUCTION = """
            # Configuration

            <!-- Made from the declared settings: ./breakwater config --markdown > docs/configuration.md -->

            A fresh installation needs no configuration. What it needs later comes from three places; a later one wins:

            1. a file: the one named with `--config`, else `breakwater.yaml` in the current folder, else in the data folder
            2. environment variables
            3. flags: `./breakwater up --http.port=9090`

            In the file, a dot is a level:

            ```yaml
            http:
              address: 0.0.0.0
              port: 8443
            tls:
              certificate: /etc/breakwater/tls.crt
              key: /etc/breakwater/tls.key
            events:
              deliveries:
                allowed-networks: [10.20.0.0/16, 10.30.0.0/16]
            ```

            An unknown name or a value that isn't allowed stops the start, and the message says where it stands and what
            would be right. Lists are separated by commas in variables and flags. `./breakwater config` shows the settings
            that hold, where each came from, and hides the secrets.

            ## Webhooks to your own machine

            Webhooks must be HTTPS, and private addresses are refused. To try them against a receiver on the same machine,
            start with `./breakwater up --dev`. It stands for `events.deliveries.allow-http=true` and
            `events.deliveries.allowed-networks=127.0.0.0/8,::1/128`, and is refused unless the server listens on a
            loopback address only.

            ## Settings

            """;

    private ConfigurationGuide() {}

    /** The whole guide. */
    public static String markdown() {
        StringBuilder text = new StringBuilder(INTRODUCTION);
        for (Setting<?> setting : Settings.ALL) {
            text.append("### `").append(setting.key()).append("`\n\n");
            text.append(setting.meaning()).append("\n\n");
            text.append("- Default: ")
                    .append(setting.fallback().isEmpty() ? "none" : "`" + setting.fallback() + "`")
                    .append('\n');
            text.append("- Allowed: ").append(setting.type().allowed()).append('\n');
            text.append("- Variable: `").append(setting.variable()).append("`\n\n");
        }
        return text.deleteCharAt(text.length() - 1).toString();
    }
}
