package dev.breakwater.server.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.events.EventsSettings;
import dev.breakwater.registry.BlobSettings;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigurationSourcesTest {

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> environment = new HashMap<>();
    private final Map<String, String> flags = new HashMap<>();
    private boolean development;

    @Test
    void withoutAnythingTheDefaultsHold() {
        Configuration configuration = load();

        assertThat(configuration.http().address()).isEqualTo("127.0.0.1");
        assertThat(configuration.http().port()).isEqualTo(8080);
        assertThat(configuration.http().url(8080)).isEqualTo(URI.create("http://127.0.0.1:8080"));
        assertThat(configuration.externalDatabase()).isEmpty();
        assertThat(configuration.events()).isEqualTo(EventsSettings.defaults());
        assertThat(configuration.effective(Settings.HTTP_PORT).origin()).hasToString("default");
    }

    @Test
    void aFlagBeatsAVariableAndAVariableBeatsTheFile() throws IOException {
        file("""
                http:
                  port: 1001
                  address: localhost
                log.level: warn
                """);
        environment.put("BREAKWATER_HTTP_PORT", "1002");
        environment.put("BREAKWATER_LOG_LEVEL", "debug");
        flags.put("http.port", "1003");

        Configuration configuration = load();

        assertThat(configuration.get(Settings.HTTP_PORT)).isEqualTo(1003);
        assertThat(configuration.effective(Settings.HTTP_PORT).origin()).hasToString("flag --http.port");
        assertThat(configuration.get(Settings.LOG_LEVEL)).isEqualTo(LogLevel.DEBUG);
        assertThat(configuration.effective(Settings.LOG_LEVEL).origin())
                .hasToString("environment variable BREAKWATER_LOG_LEVEL");
        assertThat(configuration.get(Settings.HTTP_ADDRESS)).isEqualTo("localhost");
        assertThat(configuration.effective(Settings.HTTP_ADDRESS).origin())
                .hasToString(folder.resolve("breakwater.yaml") + " line 3");
    }

    @Test
    void readsListsDurationsAndNumbers() throws IOException {
        file("""
                events:
                  live-hosts: [events.example.com, api.example.com]
                  deliveries:
                    timeout: 2500ms
                    jitter: 0
                    allowed-networks:
                      - 10.20.0.0/16
                      - fd00::/8
                  retention:
                    deliveries: 7d
                """);

        EventsSettings events = load().events();

        assertThat(events.liveHosts()).containsExactlyInAnyOrder("events.example.com", "api.example.com");
        assertThat(events.deliveries().timeout()).isEqualTo(Duration.ofMillis(2500));
        assertThat(events.deliveries().jitter()).isZero();
        assertThat(events.deliveries().allowedNetworks()).containsExactly("10.20.0.0/16", "fd00::/8");
        assertThat(events.recordRetention()).isEqualTo(Duration.ofDays(7));
    }

    @Test
    void everySettingHasAnUnambiguousNameInAFileAndAsAVariable() {
        for (Setting<?> setting : Settings.ALL) {
            assertThat(setting.key()).matches("[a-z]+(\\.[a-z][a-z0-9]*(-[a-z]+)*)+");
            assertThat(setting.meaning()).endsWith(".");
            assertThat(Settings.ALL.stream().filter(other -> other.variable().equals(setting.variable())))
                    .hasSize(1);
        }
    }

    @Test
    void anUnknownKeyStopsWithItsLineAndTheLikelyName() throws IOException {
        file("""
                # settings
                http:
                  prot: 9090
                """);

        assertProblems(
                folder.resolve("breakwater.yaml") + " line 3: there is no setting http.prot; did you mean http.port?");
    }

    @Test
    void anUnknownVariableStopsWithTheLikelyName() {
        environment.put("BREAKWATER_HTTP_PROT", "9090");

        assertProblems("environment variable BREAKWATER_HTTP_PROT: there is no such setting;"
                + " did you mean BREAKWATER_HTTP_PORT?");
    }

    @Test
    void anUnknownNameThatResemblesNothingPointsToTheList() {
        flags.put("quux.frobnicate.everything", "1");

        assertProblems("flag --quux.frobnicate.everything: there is no setting quux.frobnicate.everything;"
                + " breakwater config lists all settings");
    }

    @Test
    void aValueForASectionNamesTheSettingsInIt() throws IOException {
        file("tls: on\n");

        assertProblems(folder.resolve("breakwater.yaml")
                + " line 1: tls is a section; settings in it are tls.certificate, tls.key");
    }

    @Test
    void aBadValueStopsWithItsPlaceAndWhatIsAllowed() throws IOException {
        file("""
                http:
                  port: 80800
                log: {level: loud}
                events.deliveries:
                  timeout: soon
                  jitter: 1.5
                  allow-http: yes
                  allowed-networks: [10.0.0.0/8, intranet]
                """);
        Path file = folder.resolve("breakwater.yaml");

        assertProblems(
                file + " line 2: \"80800\" is not allowed for http.port; allowed is a whole number from 0 to 65535",
                file + " line 3: \"loud\" is not allowed for log.level; allowed is one of error, warn, info, debug",
                file
                        + " line 5: \"soon\" is not allowed for events.deliveries.timeout; allowed is a duration from 100ms"
                        + " to 5m, as a number with ms, s, m, h or d",
                file
                        + " line 6: \"1.5\" is not allowed for events.deliveries.jitter; allowed is a number from 0.0 to 1.0",
                file + " line 7: \"yes\" is not allowed for events.deliveries.allow-http; allowed is true or false",
                file + " line 8: \"10.0.0.0/8,intranet\" is not allowed for events.deliveries.allowed-networks; allowed"
                        + " is a list, each of which is an IP network such as 10.0.0.0/8 or fd00::/8");
    }

    @Test
    void aSecretIsNeverRepeatedInAMessage() {
        environment.put("BREAKWATER_ADMIN_PASSWORD", "  ");

        assertProblems("environment variable BREAKWATER_ADMIN_PASSWORD: the value is not allowed for admin.password;"
                + " allowed is any text");
    }

    @Test
    void aSecretIsNeverShown() {
        environment.put("BREAKWATER_ADMIN_PASSWORD", "correct horse");

        assertThat(load().effective(Settings.ADMIN_PASSWORD).shown()).isEqualTo("********");
    }

    @Test
    void brokenYamlStopsWithItsLine() throws IOException {
        file("http:\n  port: [8080\nlog:\n");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::load)
                .withMessageStartingWith(folder.resolve("breakwater.yaml") + " line ")
                .withMessageContaining("not valid YAML");
    }

    @Test
    void theSameKeyTwiceStops() throws IOException {
        file("http:\n  port: 1\nhttp.port: 2\n");

        assertProblems(folder.resolve("breakwater.yaml") + " line 3: http.port stands there twice");
    }

    @Test
    void aFileThatIsNotThereStops() {
        Path missing = folder.resolve("missing.yaml");

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(() -> new ConfigurationSources(missing, environment, flags, false, folder, folder).load())
                .withMessage("flag --config: there is no file " + missing);
    }

    @Test
    void anEmptyFileIsFine() throws IOException {
        file("# nothing yet\n");

        assertThat(load().get(Settings.HTTP_PORT)).isEqualTo(8080);
    }

    @Test
    void theFileInTheDataFolderIsFoundWhenTheCurrentFolderHasNone() throws IOException {
        Path data = Files.createDirectory(folder.resolve("elsewhere"));
        Files.writeString(data.resolve("breakwater.yaml"), "http.port: 7070\n");
        flags.put("data.dir", data.toString());

        assertThat(load().get(Settings.HTTP_PORT)).isEqualTo(7070);
    }

    @Test
    void aCertificateNeedsItsKey() {
        flags.put("tls.certificate", "/etc/tls.crt");

        assertProblems("flag --tls.certificate: tls.certificate needs tls.key as well");
    }

    @Test
    void aDatabasePasswordWithoutADatabaseIsAMistake() {
        environment.put("BREAKWATER_DATABASE_PASSWORD", "x");

        assertProblems("environment variable BREAKWATER_DATABASE_PASSWORD: database.password has no effect without"
                + " database.url");
    }

    @Test
    void developmentAllowsWebhooksToThisMachineOnly() {
        development = true;

        EventsSettings.Deliveries deliveries = load().events().deliveries();

        assertThat(deliveries.allowHttp()).isTrue();
        assertThat(deliveries.allowedNetworks()).containsExactly("127.0.0.0/8", "::1/128");
    }

    @Test
    void developmentIsRefusedWhenOthersCanConnect() {
        development = true;
        flags.put("http.address", "0.0.0.0");

        assertProblems("flag --dev: allowed only while listening on a loopback address; http.address is 0.0.0.0");
    }

    @Test
    void blobsAreFilesUnlessABucketIsNamed() {
        assertThat(load().blobs()).isEqualTo(new BlobSettings.Files());

        flags.put("registry.blobs.store", "s3");
        assertProblems(
                "flag --registry.blobs.store: registry.blobs.store is s3, which needs registry.blobs.s3.bucket as"
                        + " well");

        flags.put("registry.blobs.s3.bucket", "layers");
        flags.put("registry.blobs.s3.endpoint", "http://127.0.0.1:9000");
        flags.put("registry.blobs.s3.access-key", "name");
        assertProblems("flag --registry.blobs.s3.access-key: registry.blobs.s3.access-key needs"
                + " registry.blobs.s3.secret-key as well");

        flags.put("registry.blobs.s3.secret-key", "hidden");
        Configuration configuration = load();
        assertThat(configuration.blobs())
                .isEqualTo(new BlobSettings.S3(
                        Optional.of(URI.create("http://127.0.0.1:9000")),
                        "us-east-1",
                        "layers",
                        "",
                        Optional.of(new BlobSettings.Credentials("name", "hidden")),
                        true))
                .asString()
                .doesNotContain("hidden");
        assertThat(configuration
                        .effective(Settings.REGISTRY_BLOBS_S3_SECRET_KEY)
                        .shown())
                .isEqualTo("********");
    }

    @Test
    void theGuideIsUpToDate() throws IOException {
        assertThat(Path.of("..", "docs", "configuration.md"))
                .as("./breakwater config --markdown > docs/configuration.md")
                .hasContent(ConfigurationGuide.markdown());
    }

    private Configuration load() {
        return new ConfigurationSources(null, environment, flags, development, folder, folder).load();
    }

    private void file(String text) throws IOException {
        Files.writeString(folder.resolve("breakwater.yaml"), text);
    }

    private void assertProblems(String... problems) {
        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::load)
                .satisfies(e -> assertThat(e.problems()).containsExactlyInAnyOrder(problems));
    }
}
