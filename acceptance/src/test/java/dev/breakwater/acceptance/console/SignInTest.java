package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Signing in and out, and what keeps others out. */
@WithServer
class SignInTest {

    private final TestServer server;
    private String name = "";

    SignInTest(TestServer server) {
        this.server = server;
    }

    /** Failed sign-ins are counted for each name, so every test has its own. */
    @BeforeEach
    void aUser() {
        name = "user" + System.nanoTime();
        server.admin().client().post("/admin/v1/users", """
                        {"username": "%s", "password": "correct horse", "administrator": true}""".formatted(name)).expect(201);
    }

    private Visitor signedIn() {
        return Visitor.signedIn(server, name, "correct horse");
    }

    @Test
    void whoever_is_not_signed_in_signs_in_first_and_then_gets_the_page() {
        Visitor visitor = new Visitor(server);

        Reply page = visitor.get("/settings/keys?x=1").expect(303);

        assertThat(page.header("Location")).contains("/sign-in?next=%2Fsettings%2Fkeys%3Fx%3D1");
        Reply form = visitor.follow(page).expect(200);
        Reply signedIn = visitor.submit(form, "/sign-in", "username", name, "password", "correct horse");
        assertThat(signedIn.header("Location")).contains("/settings/keys?x=1");
        assertThat(visitor.follow(signedIn).expect(200).text()).contains("<h1>API keys</h1>");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://evil.example/",
                "//evil.example",
                "/\\evil.example",
                "/%09/evil.example/..",
                "javascript:alert(1)",
                "/sign-out",
                ""
            })
    void nobody_is_led_to_another_host(String next) {
        Visitor visitor = new Visitor(server);
        Reply form = visitor.get(
                "/sign-in?next=" + java.net.URLEncoder.encode(next, java.nio.charset.StandardCharsets.UTF_8));

        Reply reply = visitor.submit(form, "/sign-in", "username", name, "password", "correct horse");

        assertThat(reply.header("Location").orElseThrow())
                .startsWith("/")
                .doesNotStartWith("//")
                .doesNotContain("\\")
                .doesNotContain("sign-out");
    }

    @Test
    void a_wrong_password_is_told_and_the_name_stays() {
        Reply reply = new Visitor(server).signIn(name, "wrong horse").expect(401);

        assertThat(reply.text())
                .contains("The username or the password is wrong.")
                .contains("value=\"" + name + "\"")
                .doesNotContain("wrong horse");
    }

    @Test
    void guessing_is_slowed_down_and_the_page_says_for_how_long() {
        Visitor visitor = new Visitor(server);
        for (int i = 0; i < 5; i++) {
            visitor.signIn(name, "guess " + i).expect(401);
        }

        Reply reply = visitor.signIn(name, "correct horse").expect(429);

        assertThat(reply.header("Retry-After")).isPresent();
        assertThat(reply.text()).containsPattern("Wait [0-9]+ seconds?, then try again");
        server.advance(Duration.ofSeconds(5));
        visitor.signIn(name, "correct horse").expect(303);
    }

    @Test
    void a_sign_in_form_counts_only_from_a_page_of_this_host() {
        Visitor visitor = new Visitor(server);
        Reply form = visitor.get("/sign-in");
        String body =
                "form_token=" + Visitor.hidden(form, "form_token") + "&username=" + name + "&password=correct+horse";

        visitor.postFromElsewhere("/sign-in", body, Map.of("Sec-Fetch-Site", "cross-site"))
                .expect(403);
        visitor.postFromElsewhere("/sign-in", body, Map.of("Origin", "https://evil.example"))
                .expect(403);
        visitor.post("/sign-in", body.replaceFirst("form_token=[^&]*", "form_token=x"))
                .expect(403);
        visitor.post("/sign-in", body).expect(303);
    }

    @Test
    void every_form_needs_the_token_of_its_session_and_this_host() {
        Visitor visitor = signedIn();
        Visitor other = signedIn();
        String token = Visitor.hidden(visitor.get("/settings/workspaces"), "form_token");
        String foreign = Visitor.hidden(other.get("/settings/workspaces"), "form_token");
        String fields = "&organization=default&name=Made+elsewhere&environment=sandbox";

        assertThat(foreign).isNotEqualTo(token);
        visitor.post("/settings/workspaces", "form_token=" + foreign + fields).expect(403);
        visitor.post("/settings/workspaces", fields.substring(1)).expect(403);
        visitor.postFromElsewhere(
                        "/settings/workspaces", "form_token=" + token + fields, Map.of("Sec-Fetch-Site", "same-site"))
                .expect(403);
        visitor.postFromElsewhere("/settings/workspaces", "form_token=" + token + fields, Map.of())
                .expect(403);
        assertThat(visitor.get("/settings/workspaces").text()).doesNotContain("Made elsewhere");
        visitor.post("/settings/workspaces", "form_token=" + token + fields).expect(303);
        assertThat(visitor.get("/settings/workspaces").text()).contains("Made elsewhere");
    }

    @Test
    void signing_out_ends_the_session() {
        Visitor visitor = signedIn();
        String session = visitor.cookie("breakwater_session").orElseThrow();

        Reply page = visitor.follow(visitor.submit(visitor.get("/"), "/sign-out"));

        assertThat(page.text()).contains("You are signed out.");
        assertThat(visitor.cookie("breakwater_session")).isEmpty();
        server.client().with("Cookie", "breakwater_session=" + session).get("/").expect(303);
    }

    @Test
    void signing_out_everywhere_ends_the_sessions_of_all_devices() {
        Visitor here = signedIn();
        Visitor elsewhere = signedIn();

        here.submit(here.get("/account"), "/sign-out/everywhere").expect(303);

        elsewhere.get("/").expect(303);
    }

    @Test
    void a_session_that_has_ended_leads_to_the_sign_in_page_and_changes_nothing() {
        Visitor visitor = signedIn();
        Reply page = visitor.get("/settings/workspaces").expect(200);
        server.advance(Duration.ofHours(9));

        Reply reply = visitor.submit(page, "/settings/workspaces", "name", "Too late", "environment", "sandbox");

        assertThat(reply.expect(303).header("Location")).contains("/sign-in?notice=session-ended");
        assertThat(visitor.follow(reply).text()).contains("Your session had ended, so nothing was changed.");
        assertThat(signedIn().get("/settings/workspaces").text()).doesNotContain("Too late");
    }

    @Test
    void the_password_is_changed_with_the_current_one_only_and_other_devices_are_signed_out() {
        Visitor here = signedIn();
        Visitor elsewhere = signedIn();
        Reply page = here.get("/account").expect(200);

        assertThat(here.submit(
                                page,
                                "/account/password",
                                "current_password",
                                "wrong horse",
                                "password",
                                "battery staple",
                                "repeated_password",
                                "battery staple")
                        .expect(400)
                        .text())
                .contains("The current password is wrong.");
        assertThat(here.submit(
                                page,
                                "/account/password",
                                "current_password",
                                "correct horse",
                                "password",
                                "battery staple",
                                "repeated_password",
                                "battery stable")
                        .expect(400)
                        .text())
                .contains("The two new passwords differ.");
        assertThat(here.submit(
                                page,
                                "/account/password",
                                "current_password",
                                "correct horse",
                                "password",
                                "short",
                                "repeated_password",
                                "short")
                        .expect(400)
                        .text())
                .contains("must have 8 to 128 characters");
        Reply changed = here.submit(
                page,
                "/account/password",
                "current_password",
                "correct horse",
                "password",
                "battery staple",
                "repeated_password",
                "battery staple");

        assertThat(here.follow(changed).text()).contains("Your password is changed.");
        elsewhere.get("/").expect(303);
        Visitor.signedIn(server, name, "battery staple");
    }

    @Test
    void the_password_of_every_fresh_installation_is_warned_of_and_never_chosen() {
        Visitor administrator = Visitor.administrator(server);

        assertThat(administrator.get("/").text()).contains("the password of every fresh installation");
        assertThat(signedIn().get("/").text()).doesNotContain("the password of every fresh installation");
        Visitor visitor = signedIn();
        assertThat(visitor.submit(
                                visitor.get("/account"),
                                "/account/password",
                                "current_password",
                                "correct horse",
                                "password",
                                "Harbor12345",
                                "repeated_password",
                                "Harbor12345")
                        .expect(400)
                        .text())
                .contains("Choose one that only you know.");
    }
}
