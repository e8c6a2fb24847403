package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.browser.Browser;
import dev.breakwater.acceptance.browser.Contrast;
import dev.breakwater.acceptance.browser.KeyboardWalk;
import dev.breakwater.acceptance.browser.Naming;
import dev.breakwater.acceptance.browser.PhoneWidth;
import dev.breakwater.acceptance.browser.Tab;
import dev.breakwater.acceptance.browser.WithBrowser;
import dev.breakwater.acceptance.console.ConsolePage.Kind;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every page of the console in a browser: it can be used by keyboard and on a phone, read in light and dark, by those
 * who do not see it too, and it asks nothing of anybody but this server.
 */
@WithServer
@WithBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class PagesInBrowserTest {

    private final TestServer server;
    private final Browser browser;
    private final Scene halcyon;
    private final Visitor owner;
    private final Visitor administrator;

    PagesInBrowserTest(TestServer server, Browser browser) {
        this.server = server;
        this.browser = browser;
        // Before the scene, whose robot is of a project: the first robot is of the system.
        server.client()
                .with("Authorization", "Basic YWRtaW46SGFyYm9yMTIzNDU=")
                .post("/api/v2.0/robots", """
                        {"name": "deploy", "level": "system", "duration": 30, "permissions": [{"kind": "project",
                         "namespace": "*", "access": [{"resource": "repository", "action": "pull"}]}]}""")
                .expect(201);
        halcyon = Scene.of(server, "Halcyon");
        owner = halcyon.visitor("admin");
        administrator = Visitor.administrator(server);
        administrator.submit(
                administrator.get("/registry/collection").expect(200), "/registry/collection", "kind", "dry");
    }

    @AfterAll
    void close() {
        halcyon.close();
    }

    static List<ConsolePage> pages() {
        return Stream.concat(
                        ConsolePage.visible().stream(),
                        ConsolePage.ofInstallation().stream().filter(page -> !page.streams()))
                .toList();
    }

    private Tab open(ConsolePage page, int width, int height, String colours) {
        Tab tab = browser.tab(server.url());
        if (page.kind() != Kind.OPEN) {
            Visitor visitor = page.kind() == Kind.OF_INSTALLATION ? administrator : owner;
            tab.cookie(
                    "breakwater_session", visitor.cookie("breakwater_session").orElseThrow());
        }
        tab.prefer(colours);
        tab.size(width, height);
        tab.go(halcyon.filled(page.address()));
        Await.until(
                "what is live was fetched anew, which it is once it is followed",
                () -> tab.evaluate("""
                document.querySelector('[data-live]') === null || performance.getEntriesByType('resource')
                  .some(each => each.initiatorType === 'fetch' && each.responseEnd > 0)""").asBoolean());
        assertThat(tab.text("h1")).as(tab.path()).isNotEmpty().isNotEqualTo("There is nothing here");
        return tab;
    }

    @ParameterizedTest
    @MethodSource("pages")
    void it_is_named_reached_by_keyboard_and_read_in_light_colours(ConsolePage page) {
        try (Tab tab = open(page, 1280, 860, "light")) {
            assertThat(KeyboardWalk.faults(tab)).isEmpty();
            assertThat(Naming.missing(tab)).isEmpty();
            assertThat(Contrast.tooFaint(tab)).isEmpty();
            assertThat(tab.faults()).isEmpty();
        }
    }

    @ParameterizedTest
    @MethodSource("pages")
    void it_is_read_in_dark_colours_and_fits_a_phone(ConsolePage page) {
        try (Tab tab = open(page, PhoneWidth.WIDTH, PhoneWidth.HEIGHT, "dark")) {
            assertThat(PhoneWidth.tooWide(tab)).isEmpty();
            assertThat(Contrast.tooFaint(tab)).isEmpty();
            assertThat(tab.faults()).isEmpty();
        }
    }
}
