package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /settings/keys}: making keys with chosen scopes, shown once, and revoking them. */
@WithServer
class KeyPagesTest {

    private static final String SECRET = "hb_(test|live)_[0-9A-Za-z]{20,}";

    private final TestServer server;
    private final Organization acme;
    private Visitor visitor;

    KeyPagesTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
        visitor = new Visitor(server);
    }

    @BeforeEach
    void signIn() {
        visitor = Visitor.member(server, acme, "_organization_admin");
    }

    private Reply create(String... fields) {
        return visitor.submit(visitor.get("/settings/keys/new").expect(200), "/settings/keys", fields);
    }

    private Reply read(String secret) {
        return server.client().bearer(secret).get("/v1/events?workspace_id=" + acme.workspace());
    }

    private Reply write(String secret) {
        return server.client().bearer(secret).post("/v1/events", acme.event("order.shipped"));
    }

    @Test
    @Proves(contract = "events", lines = 101)
    void a_key_is_made_with_chosen_scopes_shown_once_works_at_once_and_is_revoked() {
        Reply made =
                create("name", "nightly export", "environment", "sandbox", "preset", "custom", "scope", "events:read");

        String secret = Visitor.found(made.expect(201), SECRET);
        assertThat(made.header("Cache-Control")).contains("no-store");
        read(secret).expect(200);
        write(secret).expectError(403, "permission_denied");
        Reply list = visitor.get("/settings/keys").expect(200);
        assertThat(list.text())
                .contains("nightly export")
                .contains("<code class=\"chip\">events:read</code>")
                .contains(secret.substring(secret.length() - 4))
                .doesNotContain(secret);

        String revoke = Visitor.found(list, "/settings/keys/key_[0-9a-z]+/revoke");
        Reply revoked = visitor.follow(visitor.submit(list, revoke));

        assertThat(revoked.text()).contains("The key is revoked.").contains("pill bad\">revoked</span>");
        assertThat(revoked.text()).doesNotContain(revoke);
        Await.until("the key is refused", () -> read(secret).status() == 401);
    }

    @ParameterizedTest
    @CsvSource({"emitter, 403, 201", "exporter, 200, 403", "provisioner, 403, 403", "admin, 200, 201"})
    void presets_carry_what_common_programs_need(String preset, int reading, int writing) {
        // What is ticked beside a preset does not count.
        Reply made = create(
                "name", preset, "environment", "sandbox", "preset", preset, "scope", "workspaces:read", "expiry", "");

        String secret = Visitor.found(made.expect(201), SECRET);
        read(secret).expect(reading);
        write(secret).expect(writing);
        Client program = server.client().bearer(secret);
        program.get("/v1/webhooks?workspace_id=" + acme.workspace())
                .expect(preset.equals("provisioner") || preset.equals("admin") ? 200 : 403);
    }

    @Test
    void the_new_key_comes_with_a_command_that_tries_it() {
        Reply made = create("name", "shop", "environment", "sandbox", "preset", "emitter");

        String secret = Visitor.found(made, SECRET);
        assertThat(made.text())
                .contains("-H 'Authorization: Bearer " + secret)
                .contains("/v1/events")
                .contains(acme.workspace());
    }

    @Test
    void a_key_is_of_one_environment_and_may_be_narrowed_to_workspaces() {
        String other = acme.newWorkspace();

        Reply made = create(
                "name", "narrow", "environment", "sandbox", "preset", "exporter", "workspace", other, "expiry", "7");

        String secret = Visitor.found(made.expect(201), SECRET);
        assertThat(secret).startsWith("hb_test_");
        read(secret).expect(404);
        server.client().bearer(secret).get("/v1/events?workspace_id=" + other).expect(200);
        assertThat(visitor.get("/settings/keys").text())
                .contains("in one workspace")
                .contains("until <time");
        server.advance(Duration.ofDays(8));
        Await.until("the key has ended", () -> read(secret).status() == 401);
        signIn();
        assertThat(visitor.get("/settings/keys").text()).contains("pill warn\">expired</span>");
        assertThat(Visitor.found(
                        create("name", "live", "environment", "live", "preset", "admin")
                                .expect(201),
                        SECRET))
                .startsWith("hb_live_");
    }

    @Test
    void what_was_wrong_is_said_beside_its_field_and_what_was_chosen_stays() {
        Reply wrong = create(
                "name",
                " ",
                "environment",
                "live",
                "preset",
                "custom",
                "scope",
                "events:read",
                "scope",
                "webhooks:manage",
                "expiry",
                "30");
        Reply none = create("name", "no scopes", "environment", "sandbox", "preset", "custom");

        assertThat(wrong.expect(400).text())
                .contains("id=\"problem-name\" role=\"alert\"")
                .contains("name=\"environment\" value=\"live\" checked")
                .contains("name=\"preset\" value=\"custom\" checked")
                .contains("name=\"scope\" value=\"events:read\" checked")
                .contains("name=\"scope\" value=\"webhooks:manage\" checked")
                .contains("<option value=\"30\" selected>")
                .doesNotContain("name=\"scope\" value=\"events:write\" checked");
        assertThat(none.expect(400).text())
                .contains("id=\"problem-scopes\" role=\"alert\"")
                .contains("value=\"no scopes\"");
    }

    @Test
    void a_key_says_when_it_was_last_used() {
        Organization other = server.newOrganization();
        Visitor theirs = Visitor.member(server, other, "_organization_admin");
        assertThat(theirs.get("/settings/keys").text()).contains("<span class=\"muted\">never</span>");

        other.sandbox().get("/v1/events?workspace_id=" + other.workspace()).expect(200);

        Await.until(
                "the page says when the key was used",
                () -> theirs.get("/settings/keys").text().contains("data-label=\"Last used\"><time"));
    }

    @Test
    void long_lists_page_by_cursor() {
        for (int i = 0; i < 26; i++) {
            acme.newKey();
        }
        List<String> pages = new ArrayList<>();
        Reply newest = visitor.get("/settings/keys").expect(200);
        pages.add(newest.text());
        pages.add(visitor.get(Visitor.link(newest, "Older")).expect(200).text());

        assertThat(pages.stream().mapToInt(page -> page.split("/revoke\"", -1).length - 1))
                .containsExactly(25, 3);
    }

    @Test
    void whatever_a_key_is_called_is_text() {
        create("name", "<script>alert(1)</script>\"", "environment", "sandbox", "preset", "admin")
                .expect(201);

        assertThat(visitor.get("/settings/keys").text())
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .doesNotContain("<script>alert")
                .contains("data-confirm=\"Revoke the key &lt;script>alert(1)&lt;/script>&#34;?");
    }
}
