package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.browser.Browser;
import dev.breakwater.acceptance.browser.Tab;
import dev.breakwater.acceptance.browser.WithBrowser;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The images of {@code docs/images}: {@code -Dbreakwater.screenshots=FOLDER} writes them anew, with the content of a
 * company that has worked for an hour.
 */
@WithServer
@WithBrowser
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@EnabledIfSystemProperty(named = "breakwater.screenshots", matches = ".+")
class ScreenshotsTest {

    private static final List<String> TYPES =
            List.of("order.placed", "order.shipped", "payment.taken", "order.shipped", "order.returned");

    private final TestServer server;
    private final Browser browser;
    private final Scene northwind;
    private final Visitor owner;

    ScreenshotsTest(TestServer server, Browser browser) {
        this.server = server;
        this.browser = browser;
        northwind = Scene.of(server, "Northwind");
        work();
        owner = northwind.visitor("admin");
    }

    /** An hour of work, a minute at a time, more and less of it; the ledger is closed. */
    private void work() {
        int number = 1_000;
        for (int minute = 0; minute < 58; minute++) {
            server.advance(Duration.ofMinutes(1));
            long busy = Math.round(4 + 2.4 * Math.sin(minute / 6.0) + minute % 3);
            for (int i = 0; i < busy; i++) {
                number++;
                post(TYPES.get(number % TYPES.size()), """
                        {"order_id": "northwind-ord-%d", "carrier": "ups", "lines": %d}""".formatted(number, 1 + number % 4));
            }
            if (minute % 19 == 7) {
                post("invoice.issued", """
                        {"invoice_id": "inv_northwind_%d", "total": "129.50"}""".formatted(number));
            }
            settle();
        }
    }

    private void post(String type, String payload) {
        Organization organization = northwind.organization();
        organization
                .sandbox()
                .post("/v1/events", Organization.event(organization.workspace(), type, payload))
                .expect(201);
    }

    /** Nothing is under way: the clock may move without breaking off an attempt. */
    private void settle() {
        Organization organization = northwind.organization();
        for (String status : List.of("pending", "delivering")) {
            Await.until(
                    "nothing is " + status,
                    () -> organization
                            .sandbox()
                            .get("/v1/deliveries?limit=1&status=" + status + "&workspace_id="
                                    + organization.workspace())
                            .expect(200)
                            .ids()
                            .isEmpty());
        }
    }

    @AfterAll
    void close() {
        northwind.close();
    }

    @ParameterizedTest
    @CsvSource({
        "home,             /,                                light, 1280, 800",
        "delivery,         /deliveries/{failed-delivery},    light, 1280, 800",
        "deliveries-dark,  /deliveries,                      dark,  1280, 800",
        "new-key,          /settings/keys/new,               light, 1280, 800",
        "artifact,         /projects/{project}/repositories/checkout@{digest}, light, 1280, 800",
        "explorer,         /developers/api/events/createEvent, light, 1280, 800",
        "home-phone,       /,                                light, 375,  812",
    })
    void image(String name, String address, String colours, int width, int height) {
        try (Tab tab = browser.tab(server.url())) {
            tab.cookie("breakwater_session", owner.cookie("breakwater_session").orElseThrow());
            tab.clock(server.time().instant());
            tab.prefer(colours);
            tab.size(width, height);
            tab.go(northwind.filled(address));
            Await.until(
                    "what is live follows",
                    () -> tab.evaluate("document.getElementById('live-state')?.dataset.state !== undefined"
                                    + " || document.querySelector('[data-live]') === null")
                            .asBoolean());
            assertThat(tab.faults()).isEmpty();
            tab.screenshot(Path.of(System.getProperty("breakwater.screenshots"), name + ".png"));
        }
    }
}
