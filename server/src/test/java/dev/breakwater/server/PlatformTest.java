package dev.breakwater.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.breakwater.kernel.time.ManualTime;
import dev.breakwater.postgres.DatabaseAddress;
import dev.breakwater.postgres.TemporaryPostgres;
import dev.breakwater.server.config.Configuration;
import dev.breakwater.server.config.ConfigurationException;
import java.io.IOException;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PlatformTest {

    @TempDir
    private Path folder = Path.of("");

    private final Map<String, String> settings = new HashMap<>();
    private final ManualTime time = new ManualTime(Instant.parse("2026-05-25T12:00:00Z"));

    @BeforeEach
    void ownDatabase() {
        DatabaseAddress database = TemporaryPostgres.shared().newDatabase();
        settings.put("data.dir", folder.toString());
        settings.put("http.port", "0");
        settings.put("database.url", database.url());
        settings.put("database.user", database.user());
        settings.put("database.password", database.password());
        settings.put("database.pool-size", "4");
    }

    @Test
    void answersHealthAndMetrics() throws Exception {
        try (Platform platform = start()) {
            assertThat(get(platform, "/health/live").statusCode()).isEqualTo(200);
            assertThat(get(platform, "/healthz").body()).contains("\"status\":\"up\"");
            assertThat(get(platform, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(platform, "/readyz").body()).contains("\"status\":\"ready\"");
            assertThat(get(platform, "/metrics").body())
                    .contains("jvm_memory_used_bytes", "hikaricp_connections_active", "process_uptime_seconds");
        }
    }

    @Test
    void isNotReadyWhenTheDatabaseTakesNoWrites() throws Exception {
        try (Platform platform = start()) {
            assertThat(get(platform, "/health/ready").statusCode()).isEqualTo(200);

            try (var connection = address().connect();
                    var statement = connection.createStatement()) {
                statement.execute("ALTER ROLE CURRENT_USER IN DATABASE " + connection.getCatalog()
                        + " SET default_transaction_read_only = on");
                statement.execute("SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity"
                        + " WHERE datname = current_database() AND pid <> pg_backend_pid()");
            }
            HttpResponse<String> answer = get(platform, "/health/ready");
            // Each question finds one more of the pool's connections broken, before there are only new ones.
            for (int question = 0; question <= 4; question++) {
                time.advance(Duration.ofSeconds(2));
                answer = get(platform, "/health/ready");
                assertThat(answer.statusCode()).isEqualTo(503);
            }
            assertThat(answer.body()).contains("\"database\":\"the database takes no writes\"");
            assertThat(get(platform, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void closingFreesThePort() throws Exception {
        Platform platform = start();
        assertThat(get(platform, "/health/live").statusCode()).isEqualTo(200);

        platform.close();

        assertThatExceptionOfType(ConnectException.class).isThrownBy(() -> get(platform, "/health/live"));
    }

    @Test
    void twoRunBesideEachOther() throws Exception {
        try (Platform one = start();
                Platform two = start()) {
            assertThat(one.url()).isNotEqualTo(two.url());
            assertThat(get(one, "/health/ready").statusCode()).isEqualTo(200);
            assertThat(get(two, "/health/ready").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void othersMayOnlyConnectWhenTheAdministratorsPasswordIsNoLongerTheDefault() throws Exception {
        settings.put("http.address", "0.0.0.0");
        assertThatExceptionOfType(StartException.class)
                .isThrownBy(this::start)
                .withMessage("The administrator still has the default password, so only a loopback address is allowed,"
                        + " not 0.0.0.0. Set admin.password, for example with the environment variable"
                        + " BREAKWATER_ADMIN_PASSWORD.");

        settings.put("admin.password", "correct horse battery");
        try (Platform platform = start()) {
            assertThat(get(platform, "/health/live").statusCode()).isEqualTo(200);
        }
        settings.remove("admin.password");
        try (Platform platform = start()) {
            assertThat(get(platform, "/health/live").statusCode()).isEqualTo(200);
        }
    }

    @Test
    void aPortInUseIsExplained() throws Exception {
        try (Platform platform = start()) {
            settings.put("http.port", Integer.toString(platform.url().getPort()));

            assertThatExceptionOfType(StartException.class)
                    .isThrownBy(this::start)
                    .withMessage(
                            "Can't listen on 127.0.0.1 port " + platform.url().getPort()
                                    + ": Address already in use. Choose another with --port or --address.");
        }
    }

    @Test
    void aDatabaseThatRefusesUsIsExplained() {
        settings.put("database.password", "guess");

        assertThatExceptionOfType(StartException.class)
                .isThrownBy(this::start)
                .withMessageStartingWith("Can't use the database at " + settings.get("database.url") + " as ")
                .withMessageContaining("password authentication failed")
                .withMessageNotContaining("guess");
    }

    @Test
    void speaksHttpsWithACertificate() throws Exception {
        KeyStore keys = selfSigned();
        Path certificate = pem("CERTIFICATE", keys.getCertificate("server").getEncoded());
        Path key = pem(
                "PRIVATE KEY", keys.getKey("server", "changeit".toCharArray()).getEncoded());
        settings.put("tls.certificate", certificate.toString());
        settings.put("tls.key", key.toString());
        settings.put("http.address", "localhost");
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(keys);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, trust.getTrustManagers(), null);

        try (Platform platform = start();
                HttpClient client = HttpClient.newBuilder().sslContext(tls).build()) {
            assertThat(platform.url().getScheme()).isEqualTo("https");
            URI url = platform.url().resolve("/health/live");
            assertThat(client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString())
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    private KeyStore selfSigned() throws Exception {
        Path store = folder.resolve("keys.p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-alias",
                        "server",
                        "-keyalg",
                        "RSA",
                        "-dname",
                        "CN=localhost",
                        "-ext",
                        "san=dns:localhost",
                        "-storetype",
                        "PKCS12",
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        "changeit")
                .redirectErrorStream(true)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                .start();
        assertThat(keytool.waitFor()).isZero();
        return KeyStore.getInstance(store.toFile(), "changeit".toCharArray());
    }

    private Path pem(String kind, byte[] content) throws IOException {
        return Files.writeString(
                folder.resolve(kind.replace(' ', '-') + ".pem"),
                "-----BEGIN " + kind + "-----\n"
                        + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(content) + "\n-----END " + kind
                        + "-----\n");
    }

    @Test
    void aMissingCertificateStopsTheStart() {
        settings.put("tls.certificate", folder.resolve("tls.crt").toString());
        settings.put("tls.key", folder.resolve("tls.key").toString());

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::start)
                .withMessage("tls.certificate: there is no readable file " + folder.resolve("tls.crt"));
    }

    @Test
    void aFileThatIsNoCertificateStopsTheStart() throws IOException {
        Path certificate = Files.writeString(folder.resolve("tls.crt"), "hello");
        Path key = Files.writeString(folder.resolve("tls.key"), "hello");
        settings.put("tls.certificate", certificate.toString());
        settings.put("tls.key", key.toString());

        assertThatExceptionOfType(ConfigurationException.class)
                .isThrownBy(this::start)
                .withMessageStartingWith("tls.certificate and tls.key: " + certificate + " and " + key
                        + " are not a PEM certificate with its unencrypted private key");
    }

    private Platform start() {
        return Platform.start(Configuration.of(settings), time);
    }

    private DatabaseAddress address() {
        return new DatabaseAddress(
                settings.getOrDefault("database.url", ""),
                settings.getOrDefault("database.user", ""),
                settings.getOrDefault("database.password", ""));
    }

    private static HttpResponse<String> get(Platform platform, String path) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            URI url = platform.url().resolve(path);
            return client.send(HttpRequest.newBuilder(url).build(), HttpResponse.BodyHandlers.ofString());
        }
    }
}
