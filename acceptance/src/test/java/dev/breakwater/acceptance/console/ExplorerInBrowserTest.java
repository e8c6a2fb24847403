package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.browser.Browser;
import dev.breakwater.acceptance.browser.Tab;
import dev.breakwater.acceptance.browser.WithBrowser;
import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Calls that are made from the API explorer, in a browser. */
@WithServer
@WithBrowser
class ExplorerInBrowserTest {

    private final TestServer server;
    private final Tab tab;

    ExplorerInBrowserTest(TestServer server, Browser browser) {
        this.server = server;
        tab = browser.tab(server.url());
    }

    @AfterEach
    void close() {
        tab.close();
    }

    private void signIn() {
        tab.go("/sign-in");
        tab.type("#username", "admin");
        tab.type("#password", "Harbor12345");
        tab.leading(() -> tab.press("Sign in"));
    }

    private void choose(String selector, String value) {
        tab.evaluate("(() => { const field = document.querySelector('" + selector + "'); field.value = '" + value
                + "'; field.dispatchEvent(new Event('change', {bubbles: true})); })()");
    }

    @Test
    @Proves(contract = "events", lines = 102)
    void an_event_is_created_with_a_key_and_the_answer_is_shown() {
        Organization organization = server.newOrganization();
        signIn();
        tab.go("/");
        tab.leading(() -> tab.press("API explorer"));
        tab.leading(() -> tab.press("Events API"));
        tab.leading(() -> tab.click(
                "a[href$='/developers/api/events/createEvent']," + " a[href*='/developers/api/events/createEvent?']"));
        tab.type("#token", organization.sandboxKey());
        tab.type("#p-header-Idempotency-Key", "it's-one");
        String body = """
                {"workspace_id":"%s","type":"order.shipped","payload":{"big":12345678901234567890,"text":"<b>"}}""".formatted(organization.workspace());
        tab.type("#body", body);

        tab.press("Send");
        tab.reads("201 Created");
        tab.reads("\"created_at\"");

        assertThat(tab.text("#answer-status")).containsPattern("\\d+(\\.\\d)? m?s");
        assertThat(tab.text("#answer-body"))
                .startsWith("{\n  \"id\": \"evt_")
                .contains("  \"type\": \"order.shipped\",\n")
                .contains("    \"big\": 12345678901234567890,\n    \"text\": \"<b>\"\n");
        tab.press("Headers");
        assertThat(tab.text("#answer-headers"))
                .contains("content-type\napplication/json; charset=utf-8")
                .contains("harbor-request-id\nreq_")
                .contains("location\n/v1/events/evt_");
        String id = tab.evaluate("JSON.parse(document.getElementById('answer-body').textContent).id")
                .asString();
        assertThat(organization
                        .sandbox()
                        .get("/v1/events/" + id)
                        .expect(200)
                        .json()
                        .at("/payload/big")
                        .toString())
                .isEqualTo("12345678901234567890");

        assertThat(tab.text("#curl"))
                .contains("-X POST '" + server.url().toString().replaceAll("/$", "") + "/v1/events'")
                .contains("-H \"Authorization: Bearer $HARBOR_SECRET_KEY\"")
                .contains("-H 'Idempotency-Key: it'\\''s-one'")
                .contains("-d '" + body + "'");
        assertThat(tab.text("#sdk"))
                .contains("await harbor.events.create(")
                .contains("workspaceId: '" + organization.workspace() + "'")
                .contains("{ idempotencyKey: 'it\\'s-one' }");
        String page = tab.evaluate("document.documentElement.outerHTML + location.href + JSON.stringify(localStorage)"
                        + " + JSON.stringify(sessionStorage) + document.cookie")
                .asString();
        assertThat(page).doesNotContain(organization.sandboxKey());
        assertThat(tab.faults()).isEmpty();
    }

    @Test
    void a_call_has_the_rights_of_what_was_typed_in_and_never_those_of_the_session() {
        signIn();
        tab.go("/developers/api/admin/listOrganizations");
        choose("#caller", "NOBODY");
        tab.press("Send");
        tab.reads("401 Unauthorized");
        assertThat(tab.text("#curl")).doesNotContain("Authorization").doesNotContain("-u ");

        choose("#caller", "BASIC");
        tab.type("#user", "admin");
        tab.type("#pass", "Harbor12345");
        tab.press("Send");
        tab.reads("200 OK");

        tab.reads("\"name\": \"Default organization\"");
        assertThat(tab.text("#curl"))
                .contains("-u 'admin':\"$HARBOR_PASSWORD\"")
                .doesNotContain("Harbor12345");
    }

    @Test
    void values_that_would_make_another_path_are_not_sent() {
        tab.go("/developers/api/events/retrieveEvent");
        tab.type("#token", "hb_test_x");
        tab.type("#p-path-id", "..");
        tab.press("Send");
        tab.reads("not sent");
        tab.type("#p-path-id", "a/../?b#c");
        assertThat(tab.text("#curl")).contains("/v1/events/a%2F..%2F%3Fb%23c'");

        assertThat(tab.faults()).isEmpty();
    }

    @Test
    void the_registry_can_be_read_with_a_password() {
        tab.go("/static/vendors/swagger/index.html");
        assertThat(tab.path()).isEqualTo("/developers/api/harbor-2017");
        tab.go("/developers/api/harbor-2017/search");
        tab.type("#user", "admin");
        tab.type("#pass", "Harbor12345");
        tab.type("#p-query-q", "lib rary&x=1");
        assertThat(tab.text("#curl")).contains("/api/search?q=lib%20rary%26x%3D1'");
        tab.type("#p-query-q", "library");
        tab.press("Send");
        tab.reads("200 OK");

        tab.reads("\"name\": \"library\"");
        assertThat(tab.faults()).isEmpty();
    }
}
