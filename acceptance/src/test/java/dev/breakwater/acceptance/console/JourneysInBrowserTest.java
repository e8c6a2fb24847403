package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.browser.Browser;
import dev.breakwater.acceptance.browser.Tab;
import dev.breakwater.acceptance.browser.WithBrowser;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Receiver;
import dev.breakwater.acceptance.harness.Receiver.Response;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.Tool;
import dev.breakwater.acceptance.harness.WithServer;
import dev.breakwater.acceptance.images.Descriptor;
import dev.breakwater.acceptance.images.Layer;
import dev.breakwater.acceptance.images.OciLayout;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What people come to the console for, from the first click to the last, in a browser. */
@WithServer
@WithBrowser
class JourneysInBrowserTest {

    private final TestServer server;
    private final Organization acme;
    private final Receiver receiver;
    private final Browser browser;
    private final Tab tab;
    private String name = "";

    JourneysInBrowserTest(TestServer server, Organization acme, Receiver receiver, Browser browser) {
        this.server = server;
        this.acme = acme;
        this.receiver = receiver;
        this.browser = browser;
        tab = browser.tab(server.url());
    }

    @BeforeEach
    void aMember() {
        name = "mira" + System.nanoTime();
        server.admin().assign(server.admin().newUser(name, Scene.PASSWORD), "_organization_admin", acme.id());
    }

    @AfterEach
    void close() {
        tab.close();
    }

    private void signIn(String username, String password) {
        tab.type("#username", username);
        tab.type("#password", password);
        tab.leading(() -> tab.press("Sign in"));
    }

    private void follow(String link) {
        tab.leading(() -> tab.press(link));
    }

    /** The page that is open stays open from now on; {@link #stayed} fails when it was loaded anew. */
    private void stay() {
        tab.evaluate("window.here = true");
    }

    private void stayed() {
        assertThat(tab.evaluate("window.here === true").asBoolean())
                .as("the page has changed without being loaded anew")
                .isTrue();
    }

    @Test
    void from_the_first_sign_in_to_the_first_delivered_event() {
        Tool shell = Tool.named("sh").assumeInstalled();
        Tool.named("curl").assumeInstalled();
        tab.go("/");
        assertThat(tab.path()).isEqualTo("/sign-in");
        signIn(name, Scene.PASSWORD);
        assertThat(tab.text()).contains("Your first delivered event");

        follow("Create a sandbox key");
        tab.type("#name", "my first program");
        follow("Create key");
        String key = tab.text("#secret");
        assertThat(key).startsWith("hb_test_");
        tab.press("Copy");
        Await.until(
                "the button says what it did",
                () -> tab.text("[data-copy=secret]").matches("Copied|Selected"));

        follow("Home");
        follow("Register a webhook");
        tab.type("#url", receiver.url());
        tab.type("#events", "order.*");
        follow("Register webhook");
        assertThat(tab.text("#secret")).startsWith("whsec_");

        follow("Home");
        String command = tab.text("#command-event");
        follow("Deliveries");
        Await.until(
                "the page follows what happens",
                () -> tab.evaluate("document.getElementById('live-state').dataset.state === 'on'")
                        .asBoolean());
        assertThat(tab.text()).contains("No deliveries yet");
        stay();
        shell.env("HARBOR_SECRET_KEY", key).run("-c", command);

        assertThat(receiver.next().text()).contains("\"order_id\":\"ord_1\"");
        Await.until(
                "the delivery has come into view", () -> tab.text("#deliveries").contains("delivered"));
        stayed();
        tab.leading(() -> tab.click("#deliveries tbody a"));
        assertThat(tab.text()).contains("Attempt 1").contains("200").contains("order.shipped");
        follow("Home");
        assertThat(tab.text()).doesNotContain("Your first delivered event").contains("in the last hour");
        assertThat(tab.faults()).isEmpty();
    }

    @Test
    void a_key_is_made_used_and_revoked() {
        tab.go("/settings/keys");
        signIn(name, Scene.PASSWORD);
        assertThat(tab.path()).isEqualTo("/settings/keys");
        follow("Create a key");
        tab.type("#name", "report");
        tab.click("input[value=exporter]");
        assertThat(tab.evaluate("[...document.querySelectorAll('[name=scope]:checked')].map(each => each.value).join()")
                        .asString())
                .isEqualTo("events:read");
        tab.click("input[value='webhooks:manage']");
        assertThat(tab.evaluate("document.querySelector('[name=preset]:checked').value")
                        .asString())
                .isEqualTo("custom");
        follow("Create key");
        String key = tab.text("#secret");
        String list = "/v1/events?workspace_id=" + acme.workspace();
        server.client().bearer(key).get(list).expect(200);
        server.client()
                .bearer(key)
                .post("/v1/events", acme.event("order.shipped"))
                .expect(403);

        follow("Done");
        assertThat(tab.text()).contains("report").contains("webhooks:manage").doesNotContain(key);
        tab.agree();
        follow("Revoke");

        assertThat(tab.text()).contains("The key is revoked.").contains("revoked");
        Await.until(
                "the key is refused",
                () -> server.client().bearer(key).get(list).status() == 401);
        assertThat(tab.faults()).isEmpty();
    }

    @Test
    void a_failed_delivery_is_replayed_and_seen_to_arrive() {
        receiver.answering(Response.of(500, "the ledger is closed"));
        acme.endpoint(receiver, "*");
        String delivery = acme.deliveryOf(acme.post("invoice.issued"));
        for (int attempts = 1; attempts < 8; attempts++) {
            server.time()
                    .moveTo(Instant.parse(acme.attempted(delivery, attempts)
                            .get("next_attempt_at")
                            .asString()));
        }
        acme.delivery(delivery, "failed");
        tab.go("/deliveries?status=failed");
        signIn(name, Scene.PASSWORD);
        tab.leading(() -> tab.click("#deliveries tbody a"));
        assertThat(tab.text()).contains("the ledger is closed").contains("Attempt 8");

        Receiver awake = receiver.answering(200);
        follow("Replay");

        stay();
        Await.until(
                "the page shows that it was delivered",
                () -> tab.text("#delivery").contains("Attempt 9"));
        Await.until(
                "the page shows how it stands",
                () -> tab.text("#delivery .facts .pill").equals("delivered"));
        stayed();
        assertThat(awake.received()).hasSize(9);
        assertThat(tab.faults()).isEmpty();
    }

    @Test
    void from_a_push_to_the_artifact(@TempDir Path folder) {
        String project = name + "-images";
        tab.go("/projects/new");
        signIn(name, Scene.PASSWORD);
        tab.type("#name", project);
        follow("Create project");
        assertThat(tab.text()).contains(server.url().getAuthority() + "/" + project);

        OciLayout layout = OciLayout.in(folder);
        Descriptor image = layout.image("linux/arm64", Layer.of(Map.of("hello.txt", "Hello")));
        Shelf.push(
                server.client().with("Authorization", "Basic " + basic(name + ":" + Scene.PASSWORD)),
                project + "/team/hello",
                layout.tag("v1", image));
        follow("Projects");
        follow(project);
        follow("team/hello");
        assertThat(tab.text()).contains("v1").contains(image.digest().substring(7, 15));
        tab.leading(() -> tab.click("main td a"));

        assertThat(tab.text())
                .contains(image.digest())
                .contains("linux/arm64")
                .contains(server.url().getAuthority() + "/" + project + "/team/hello");
        tab.type("#tag", "stable");
        follow("Add tag");
        assertThat(tab.text()).contains("stable");
        server.client()
                .with("Authorization", "Basic " + basic(name + ":" + Scene.PASSWORD))
                .with("Accept", OciLayout.MANIFEST)
                .get("/v2/" + project + "/team/hello/manifests/stable")
                .expect(200);
        assertThat(tab.faults()).isEmpty();
    }

    private static String basic(String credentials) {
        return Base64.getEncoder().encodeToString(credentials.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_wrong_password_leads_on_with_the_right_one() {
        tab.go("/events");
        signIn(name, "wrong horse");

        assertThat(tab.text()).contains("The username or the password is wrong.");
        assertThat(tab.evaluate("document.getElementById('username').value").asString())
                .isEqualTo(name);
        assertThat(tab.evaluate("document.getElementById('password').value").asString())
                .isEmpty();
        signIn(name, Scene.PASSWORD);
        assertThat(tab.path()).isEqualTo("/events");
    }

    @Test
    void a_session_that_has_ended_changes_nothing_and_leads_back() {
        tab.go("/settings/workspaces");
        signIn(name, Scene.PASSWORD);
        tab.type("#name", "Too late");
        server.advance(Duration.ofHours(9));

        follow("Make workspace");

        assertThat(tab.text()).contains("Your session had ended, so nothing was changed.");
        signIn(name, Scene.PASSWORD);
        tab.go("/settings/workspaces");
        assertThat(tab.text()).contains("Make a workspace").doesNotContain("Too late");
        server.advance(Duration.ofHours(9));
        follow("Members");
        assertThat(tab.path()).startsWith("/sign-in?next=");
        signIn(name, Scene.PASSWORD);
        assertThat(tab.path()).isEqualTo("/settings/members");
        assertThat(tab.faults()).isEmpty();
    }

    @Test
    void whoever_may_only_look_is_offered_nothing_else() {
        String viewer = "viewer" + System.nanoTime();
        server.admin().assign(server.admin().newUser(viewer, Scene.PASSWORD), "_organization_viewer", acme.id());
        tab.go("/settings/keys");
        signIn(viewer, Scene.PASSWORD);
        assertThat(tab.text())
                .contains("API keys")
                .doesNotContain("Create a key")
                .doesNotContain("Revoke");
        assertThat(tab.faults()).isEmpty();

        tab.go("/settings/keys/new");

        assertThat(tab.text())
                .contains("You may not do this")
                .contains("Missing permission: events_apikey_edit.")
                .contains("Ask an administrator of this organization");
        follow("Home");
        assertThat(tab.text("h1")).isEqualTo("Home");
    }

    @Test
    void two_tabs_of_two_people_do_not_mix() {
        tab.go("/");
        signIn(name, Scene.PASSWORD);
        try (Tab other = browser.tab(server.url())) {
            other.go("/");
            assertThat(other.path()).isEqualTo("/sign-in");
        }
        follow("Events");
        assertThat(tab.text("h1")).isEqualTo("Events");
    }

    @Test
    void the_colours_that_were_chosen_stay() {
        tab.go("/");
        signIn(name, Scene.PASSWORD);
        tab.prefer("light");
        tab.click("[data-theme-choice=dark]");
        String dark = ground();
        follow("Events");

        assertThat(ground()).isEqualTo(dark);
        tab.click("[data-theme-choice=light]");
        assertThat(ground()).isNotEqualTo(dark);
        assertThat(tab.faults()).isEmpty();
    }

    private String ground() {
        return tab.evaluate("getComputedStyle(document.body).backgroundColor").asString();
    }

    @Test
    void on_a_phone_the_menu_unfolds() {
        tab.size(375, 812);
        tab.go("/");
        signIn(name, Scene.PASSWORD);
        assertThat(tab.evaluate("document.querySelector('nav a').checkVisibility()")
                        .asBoolean())
                .isFalse();

        tab.click(".menu-button");

        assertThat(tab.evaluate("document.querySelector('nav a').checkVisibility()")
                        .asBoolean())
                .isTrue();
        assertThat(tab.evaluate("document.querySelector('.menu-button').getAttribute('aria-expanded')")
                        .asString())
                .isEqualTo("true");
        follow("Webhooks");
        assertThat(tab.text("h1")).isEqualTo("Webhooks");
    }
}
