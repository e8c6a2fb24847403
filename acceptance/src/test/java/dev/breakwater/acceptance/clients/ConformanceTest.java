package dev.breakwater.acceptance.clients;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.SelfSigned;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.Tool.Outcome;
import dev.breakwater.acceptance.harness.WithServer;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/** The conformance suites of the Open Container Initiative, with everything switched on. */
@WithServer
class ConformanceTest {

    /** What the suite of 1.1 leaves out by itself, because it is the alternative to a case that it runs instead. */
    private static final Set<String> ALTERNATIVES = Set.of(
            "Get tag name from environment",
            "Populate registry with test tags (no push)",
            "Cross-mounting of nonexistent blob should yield session id",
            "Cross-mounting without from, and automatic content discovery disabled should return a 202");

    /** The one kind of content that the suite of the main branch does not ask for unless told to. */
    private static final String NOT_ASKED_FOR = "Sparse Manifests: Disabled";

    private static final int LEGIBLE = 1_500;
    private static final Duration LIMIT = Duration.ofMinutes(5);

    private final TestServer server;
    private final Path results;

    ConformanceTest(TestServer server, @TempDir Path results) {
        this.server = server;
        this.results = results;
    }

    private record Case(String name, String outcome, String message) {}

    @ParameterizedTest
    @ValueSource(strings = {"0", "1"})
    @Proves(contract = "registry", lines = 160)
    void the_suite_of_release_1_1_passes(String manifestsFirst) throws Exception {
        assertSuiteOfRelease(server, manifestsFirst);
    }

    @Test
    @Proves(contract = "registry", lines = 161)
    void the_suite_of_the_main_branch_passes() throws Exception {
        assertSuiteOfMain(server, "disabled");
    }

    @Test
    @Proves(contract = "registry", lines = 160)
    void the_suite_of_release_1_1_passes_over_tls(@TempDir Path keys) throws Exception {
        try (TestServer secured = withTls(keys)) {
            assertSuiteOfRelease(secured, "1");
        }
    }

    @Test
    @Proves(contract = "registry", lines = 161)
    void the_suite_of_the_main_branch_passes_over_tls(@TempDir Path keys) throws Exception {
        try (TestServer secured = withTls(keys)) {
            assertSuiteOfMain(secured, "enabled");
        }
    }

    private static TestServer withTls(Path folder) {
        SelfSigned.Pem files = SelfSigned.pem(folder);
        return TestServer.start(Map.of(
                "tls.certificate", files.certificate().toString(),
                "tls.key", files.key().toString()));
    }

    private void assertSuiteOfRelease(TestServer tested, String manifestsFirst) throws Exception {
        Outcome outcome = Tool.named("oci-conformance-1.1")
                .assumeInstalled()
                .within(LIMIT)
                .in(results)
                .env("OCI_ROOT_URL", tested.url().toString())
                .env("OCI_NAMESPACE", "library/first" + manifestsFirst)
                .env("OCI_CROSSMOUNT_NAMESPACE", "library/second" + manifestsFirst)
                .env("OCI_USERNAME", RegistryHost.USER)
                .env("OCI_PASSWORD", RegistryHost.PASSWORD)
                .env("OCI_TEST_PULL", "1")
                .env("OCI_TEST_PUSH", "1")
                .env("OCI_TEST_CONTENT_DISCOVERY", "1")
                .env("OCI_TEST_CONTENT_MANAGEMENT", "1")
                .env("OCI_AUTOMATIC_CROSSMOUNT", "1")
                .env("OCI_HIDE_SKIPPED_WORKFLOWS", "0")
                .env("OCI_DELETE_MANIFEST_BEFORE_BLOBS", manifestsFirst)
                .env("OCI_REPORT_DIR", results.toString())
                .attempt();

        List<Case> cases = cases();
        assertThat(failures(cases)).isEmpty();
        assertThat(skipped(cases)).allMatch(skipped -> ALTERNATIVES.stream().anyMatch(skipped::endsWith));
        assertThat(cases).hasSizeGreaterThan(70);
        assertThat(outcome.exit()).as(outcome.all()).isZero();
    }

    private void assertSuiteOfMain(TestServer tested, String tls) throws Exception {
        Outcome outcome = Tool.named("oci-conformance-main")
                .assumeInstalled()
                .within(LIMIT)
                .in(results)
                .env("OCI_REGISTRY", tested.url().getAuthority())
                .env("OCI_TLS", tls)
                .env("SSL_CERT_FILE", tested.settings().getOrDefault("tls.certificate", ""))
                .env("OCI_REPO1", "library/third")
                .env("OCI_REPO2", "library/fourth")
                .env("OCI_USERNAME", RegistryHost.USER)
                .env("OCI_PASSWORD", RegistryHost.PASSWORD)
                .env("OCI_VERSION", "dev")
                .env("OCI_RESULTS_DIR", results.toString())
                .attempt();

        List<Case> cases = cases();
        assertThat(failures(cases)).isEmpty();
        assertThat(skipped(cases)).isEmpty();
        assertThat(Files.readAllLines(results.resolve("results.yaml")).stream()
                        .map(String::strip)
                        .filter(line -> line.endsWith(": Disabled")))
                .containsExactly(NOT_ASKED_FOR);
        assertThat(cases).hasSizeGreaterThan(600);
        assertThat(outcome.exit()).as(outcome.all()).isZero();
    }

    private static List<String> failures(List<Case> cases) {
        return cases.stream()
                .filter(test ->
                        !test.outcome().equals("passed") && !test.outcome().equals("skipped"))
                .map(test -> test.name() + ": " + test.message())
                .toList();
    }

    private static List<String> skipped(List<Case> cases) {
        return cases.stream()
                .filter(test -> test.outcome().equals("skipped"))
                .map(Case::name)
                .toList();
    }

    private List<Case> cases() throws IOException, ParserConfigurationException, SAXException {
        Path report = results.resolve("junit.xml");
        assertThat(Files.exists(report)).as("the suite has written " + report).isTrue();
        NodeList tests = DocumentBuilderFactory.newDefaultInstance()
                .newDocumentBuilder()
                .parse(report.toFile())
                .getElementsByTagName("testcase");
        List<Case> cases = new ArrayList<>();
        for (int i = 0; i < tests.getLength(); i++) {
            cases.add(outcome((Element) tests.item(i)));
        }
        return cases;
    }

    private static Case outcome(Element test) {
        String reason = List.of("failure", "error", "system-err").stream()
                .map(kind -> test.getElementsByTagName(kind).item(0))
                .filter(Objects::nonNull)
                .map(node -> ((Element) node).getAttribute("message") + node.getTextContent())
                .findFirst()
                .orElse("");
        return new Case(
                test.getAttribute("name"),
                test.getAttribute("status"),
                reason.substring(0, Math.min(reason.length(), LEGIBLE)));
    }
}
