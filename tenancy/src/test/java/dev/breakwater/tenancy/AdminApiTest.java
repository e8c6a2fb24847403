package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.tenancy.AdminServer.Reply;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The admin API over HTTP: who gets in, who may do what, and what never comes out (events.md 14). */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class AdminApiTest {

    private static final String PASSWORD = "a long enough one";

    private final AdminServer server = new AdminServer();

    @BeforeAll
    void otherTenant() {
        server.newOrganization("rival");
    }

    @AfterAll
    void stop() {
        server.close();
    }

    // Getting in

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer pat.nobody.0123456789abcdef01234567.xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "Bearer xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx",
                "Bearer ",
                "Basic %%%",
                "Digest username=admin"
            })
    void aCredentialThatIsNotOneIsRefused(String header) {
        Reply reply = server.send("GET", "/organizations", null, "Authorization", header);

        assertThat(reply.status()).isEqualTo(401);
        assertThat(reply.error()).isEqualTo("authentication_failed");
    }

    @Test
    void withoutACredentialNothingIsAnswered() {
        assertThat(server.call("GET", "/organizations", null, null).status()).isEqualTo(401);
        assertThat(server.call("GET", "/added", null, null).status()).isEqualTo(401);
    }

    @Test
    void anApiKeyDoesNotOpenTheAdminApi() {
        String key = server.node.tenancy.issueApiKey(server.installation.organization(), Environment.LIVE, "key");

        assertThat(server.call("GET", "/organizations", key, null).status()).isEqualTo(401);
    }

    @Test
    void usernameAndPasswordOpenIt() {
        server.newUser("basil", PASSWORD);

        assertThat(basic("basil", PASSWORD).text("username")).isEqualTo("basil");
        assertThat(basic("basil", "a wrong one").status()).isEqualTo(401);
    }

    @Test
    void routesOfOtherCapabilitiesAreBehindTheSameGate() {
        assertThat(server.admin("GET", "/added", null).text("name")).isEqualTo("admin");
    }

    private Reply basic(String username, String password) {
        String pair = java.util.Base64.getEncoder()
                .encodeToString((username + ":" + password).getBytes(java.nio.charset.StandardCharsets.UTF_8));
        return server.send("GET", "/sessions", null, "Authorization", "Basic " + pair);
    }

    // API keys

    @Test
    void anApiKeyIsShownOnceAndWorksAtOnce() {
        Reply created = server.admin("POST", "/api_keys", """
                {"name": "emitter", "environment": "sandbox", "scopes": ["events:write"], "workspaces": ["%s"],
                 "expires_at": "2030-01-01T00:00:00+01:00"}
                """.formatted(Ids.text("ws", AdminServer.WORKSPACE)));

        assertThat(created.status()).isEqualTo(201);
        String secret = created.text("secret");
        assertThat(secret).matches("hb_test_[0-9A-Za-z]{32}");
        assertThat(created.text("last_four")).isEqualTo(secret.substring(36));
        assertThat(created.text("expires_at")).isEqualTo("2029-12-31T23:00:00Z");
        assertThat(server.node.tenancy.apiKeys().authenticate(secret)).hasValueSatisfying(bearer -> {
            assertThat(bearer.unrestricted()).isFalse();
            assertThat(bearer.scopes()).containsExactly("events:write");
            assertThat(bearer.limitedTo()).containsExactly(AdminServer.WORKSPACE);
            assertThat(bearer.environment()).isEqualTo(Environment.SANDBOX);
        });

        Reply listed = server.admin("GET", "/api_keys?limit=100", null);
        assertThat(listed.response().body()).contains(created.text("id")).doesNotContain(secret.substring(8));
        assertThat(server.admin("GET", "/audit?limit=100", null).response().body())
                .contains("api_key.created")
                .doesNotContain(secret.substring(8));
    }

    @Test
    void aRevokedApiKeyIsForgottenByNotification() {
        Reply created =
                server.admin("POST", "/api_keys", "{\"name\":\"x\",\"environment\":\"live\",\"unrestricted\":true}");
        String secret = created.text("secret");
        assertThat(server.node.tenancy.apiKeys().authenticate(secret)).isPresent();

        Reply revoked = server.admin("DELETE", "/api_keys/" + created.text("id"), null);
        server.node.time.advance(Duration.ofSeconds(1));

        assertThat(revoked.status()).isEqualTo(204);
        assertThat(server.node.tenancy.apiKeys().authenticate(secret)).isEmpty();
        assertThat(server.admin("DELETE", "/api_keys/" + created.text("id"), null)
                        .status())
                .isEqualTo(204);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"environment\":\"live\",\"unrestricted\":true} | name",
                "{\"name\":\" \",\"environment\":\"live\",\"unrestricted\":true} | name",
                "{\"name\":\"x\",\"unrestricted\":true} | environment",
                "{\"name\":\"x\",\"environment\":\"prod\",\"unrestricted\":true} | environment",
                "{\"name\":\"x\",\"environment\":\"live\"} | scopes",
                "{\"name\":\"x\",\"environment\":\"live\",\"scopes\":[]} | scopes",
                "{\"name\":\"x\",\"environment\":\"live\",\"scopes\":[\"events:all\"]} | scopes",
                "{\"name\":\"x\",\"environment\":\"live\",\"scopes\":[\"events:read\"],\"unrestricted\":true} | scopes",
                "{\"name\":\"x\",\"environment\":\"live\",\"unrestricted\":true,\"workspaces\":[\"ws_1\"]} | workspaces",
                "{\"name\":\"x\",\"environment\":\"live\",\"unrestricted\":true,\"expires_at\":\"soon\"} | expires_at",
                "{\"name\":\"x\",\"environment\":\"live\",\"unrestricted\":true,\"expires_at\":\"2001-01-01T00:00:00Z\"}"
                        + " | expires_at"
            })
    void aWrongFieldOfAnApiKeyIsNamed(String body, String field) {
        Reply reply = server.admin("POST", "/api_keys", body);

        assertThat(reply.status()).isEqualTo(400);
        assertThat(reply.json().get("error").get("param").asString()).isEqualTo(field);
    }

    @Test
    void aKeyIsNotNarrowedToAWorkspaceOfAnotherEnvironment() {
        Reply reply = server.admin("POST", "/api_keys", """
                {"name": "x", "environment": "live", "unrestricted": true, "workspaces": ["%s"]}
                """.formatted(Ids.text("ws", AdminServer.WORKSPACE)));

        assertThat(reply.status()).isEqualTo(400);
    }

    // Tenants and roles

    @Test
    void whatAnOrganizationOwnsDoesNotExistForOthers() {
        String rival = server.admin("GET", "/organizations/" + server.organization(), null)
                .text("id");
        Reply key = server.admin("POST", "/api_keys", """
                {"name": "x", "environment": "live", "unrestricted": true, "organization_id": "%s"}
                """.formatted(rival));
        Reply service = server.admin(
                "POST", "/service_accounts", "{\"name\":\"x\",\"organization_id\":\"%s\"}".formatted(rival));
        String mine = server.newOrganization("isolated");
        String user = server.newUser("islander", PASSWORD);
        server.assign(user, "_organization_admin", mine);
        String token = server.signIn("islander", PASSWORD);

        assertThat(ids(server.call("GET", "/organizations", token, null))).containsExactly(mine);
        assertThat(server.call("GET", "/organizations/" + rival, token, null).status())
                .isEqualTo(404);
        assertThat(server.call("GET", "/api_keys?organization_id=" + rival, token, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.call("DELETE", "/api_keys/" + key.text("id"), token, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.call("GET", "/service_accounts/" + service.text("id") + "/tokens", token, null)
                        .status())
                .isEqualTo(404);
        assertThat(server.call("POST", "/api_keys", token, """
                                {"name": "x", "environment": "live", "unrestricted": true, "organization_id": "%s"}
                                """.formatted(rival)).status())
                .isEqualTo(404);
        assertThat(server.call("GET", "/audit?organization_id=" + rival, token, null)
                        .status())
                .isEqualTo(404);
        for (JsonNode entry : server.call("GET", "/audit", token, null).json().get("data")) {
            assertThat(entry.get("organization_id").asString()).isEqualTo(mine);
        }
        assertThat(server.admin("GET", "/api_keys?organization_id=" + rival, null)
                        .response()
                        .body())
                .contains(key.text("id"));
    }

    @Test
    void withoutARoleNothingIsAllowed() {
        server.newUser("nobody", PASSWORD);
        String token = server.signIn("nobody", PASSWORD);

        assertThat(ids(server.call("GET", "/organizations", token, null))).isEmpty();
        assertThat(server.call("GET", "/users", token, null).status()).isEqualTo(403);
        assertThat(server.call("GET", "/api_keys", token, null).status()).isEqualTo(404);
        assertThat(server.call("POST", "/organizations", token, "{\"identifier\":\"a\",\"name\":\"a\"}")
                        .status())
                .isEqualTo(403);
        assertThat(server.call("GET", "/role_assignments", token, null).status())
                .isEqualTo(403);
    }

    @Test
    void aViewerReadsAndChangesNothing() {
        String user = server.newUser("viewer", PASSWORD);
        server.assign(user, "_organization_viewer", server.organization());
        String token = server.signIn("viewer", PASSWORD);

        assertThat(server.call("GET", "/api_keys", token, null).status()).isEqualTo(200);
        Reply refused = server.call(
                "POST", "/api_keys", token, "{\"name\":\"x\",\"environment\":\"live\",\"unrestricted\":true}");
        assertThat(refused.status()).isEqualTo(403);
        assertThat(refused.message()).isEqualTo("Missing permission: events_apikey_edit.");
        assertThat(server.call("PATCH", "/organizations/" + server.organization(), token, "{\"name\":\"mine\"}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void nobodyGivesARoleBeyondTheirOwn() {
        String user = server.newUser("climber", PASSWORD);
        server.assign(user, "_organization_admin", server.organization());
        String token = server.signIn("climber", PASSWORD);

        assertThat(server.call(
                                "POST",
                                "/role_assignments",
                                token,
                                "{\"user_id\":\"%s\",\"role\":\"_account_admin\"}".formatted(user))
                        .status())
                .isEqualTo(403);
        assertThat(server.call("PATCH", "/users/" + user, token, "{\"administrator\":true}")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void aRoleThatIsTakenAwayIsGoneAtOnce() {
        String user = server.newUser("former", PASSWORD);
        server.assign(user, "_account_viewer", null);
        String token = server.signIn("former", PASSWORD);
        assertThat(server.call("GET", "/users", token, null).status()).isEqualTo(200);

        String assignment = "";
        for (JsonNode each :
                server.admin("GET", "/role_assignments?limit=100", null).json().get("data")) {
            if (each.get("user_id").asString("").equals(user)) {
                assignment = each.get("id").asString();
            }
        }
        server.admin("DELETE", "/role_assignments/" + assignment, null);

        assertThat(server.call("GET", "/users", token, null).status()).isEqualTo(403);
    }

    @Test
    void aRoleOfAnOrganizationNeedsOne() {
        String user = server.newUser("roleless", PASSWORD);

        assertThat(server.admin(
                                "POST",
                                "/role_assignments",
                                "{\"user_id\":\"%s\",\"role\":\"_organization_admin\"}".formatted(user))
                        .status())
                .isEqualTo(400);
        assertThat(server.admin(
                                "POST",
                                "/role_assignments",
                                "{\"user_id\":\"%s\",\"role\":\"_no_such_role\"}".formatted(user))
                        .status())
                .isEqualTo(400);
    }

    @Test
    void theSameRoleIsAssignedOnce() {
        String user = server.newUser("twice", PASSWORD);
        server.assign(user, "_account_viewer", null);

        assertThat(server.admin(
                                "POST",
                                "/role_assignments",
                                "{\"user_id\":\"%s\",\"role\":\"_account_viewer\"}".formatted(user))
                        .status())
                .isEqualTo(409);
    }

    // Service accounts and personal tokens

    @Test
    void aServiceAccountActsWithItsTokenAndItsRolesUntilItIsDeleted() {
        String organization = server.newOrganization("robots");
        String account = server.admin(
                        "POST",
                        "/service_accounts",
                        "{\"name\":\"ci\",\"organization_id\":\"%s\"}".formatted(organization))
                .text("id");
        Reply issued = server.admin("POST", "/service_accounts/" + account + "/tokens", "{\"name\":\"t\"}");
        String token = issued.text("secret");
        assertThat(token).matches("sat\\.[0-9A-Za-z_-]{22}\\.[0-9a-f]{24}\\.[0-9A-Za-z]{32}");
        assertThat(server.call("GET", "/api_keys", token, null).status()).isEqualTo(404);

        server.admin("POST", "/role_assignments", """
                {"service_account_id": "%s", "role": "_organization_viewer", "organization_id": "%s"}
                """.formatted(account, organization));
        assertThat(server.call("GET", "/api_keys", token, null).status()).isEqualTo(200);
        assertThat(server.call("GET", "/sessions", token, null).text("kind")).isEqualTo("service_account");
        assertThat(server.call("GET", "/tokens", token, null).status()).isEqualTo(403);

        server.admin("DELETE", "/service_accounts/" + account, null);
        assertThat(server.call("GET", "/api_keys", token, null).status()).isEqualTo(401);
    }

    @Test
    void aPersonalTokenActsAsItsUserUntilItIsRevokedOrExpires() {
        server.newUser("scripter", PASSWORD);
        String session = server.signIn("scripter", PASSWORD);
        Reply revoked = server.call("POST", "/tokens", session, "{\"name\":\"laptop\"}");
        Reply expiring = server.call(
                "POST",
                "/tokens",
                session,
                "{\"name\":\"brief\",\"expires_at\":\"%s\"}"
                        .formatted(server.node.time.instant().plusSeconds(60)));
        assertThat(revoked.text("secret")).matches("pat\\.[0-9A-Za-z_-]{22}\\.[0-9a-f]{24}\\.[0-9A-Za-z]{32}");
        assertThat(whoIs(revoked.text("secret"))).isEqualTo("scripter");
        assertThat(whoIs(expiring.text("secret"))).isEqualTo("scripter");
        assertThat(server.call("GET", "/tokens", session, null).response().body())
                .doesNotContain(revoked.text("secret").substring(50));

        server.call("DELETE", "/tokens/" + revoked.text("id"), session, null);
        server.node.time.advance(Duration.ofSeconds(60));

        assertThat(server.call("GET", "/sessions", revoked.text("secret"), null).status())
                .isEqualTo(401);
        assertThat(server.call("GET", "/sessions", expiring.text("secret"), null)
                        .status())
                .isEqualTo(401);
    }

    @Test
    void nobodyRevokesTheTokenOfAnother() {
        server.newUser("owner", PASSWORD);
        Reply token = server.call("POST", "/tokens", server.signIn("owner", PASSWORD), "{\"name\":\"x\"}");

        assertThat(server.admin("DELETE", "/tokens/" + token.text("id"), null).status())
                .isEqualTo(404);
        assertThat(whoIs(token.text("secret"))).isEqualTo("owner");
    }

    private String whoIs(String token) {
        return server.call("GET", "/sessions", token, null).text("username");
    }

    // Users

    @Test
    void aDisabledUserIsOutAtOnceWithEveryToken() {
        String user = server.newUser("leaver", PASSWORD);
        String session = server.signIn("leaver", PASSWORD);
        String token =
                server.call("POST", "/tokens", session, "{\"name\":\"x\"}").text("secret");

        assertThat(server.admin("PATCH", "/users/" + user, "{\"disabled\":true}")
                        .json()
                        .get("disabled")
                        .asBoolean())
                .isTrue();

        assertThat(server.call("GET", "/sessions", session, null).status()).isEqualTo(401);
        assertThat(server.call("GET", "/sessions", token, null).status()).isEqualTo(401);
        assertThat(server.signInReply("leaver", PASSWORD).status()).isEqualTo(401);
    }

    @Test
    void aDeletedUserIsGoneAndTheNameIsFreeAgain() {
        String user = server.newUser("phoenix", PASSWORD);
        assertThat(server.admin("DELETE", "/users/" + user, null).status()).isEqualTo(204);

        assertThat(server.admin("GET", "/users/" + user, null).status()).isEqualTo(404);
        assertThat(server.newUser("Phoenix", PASSWORD)).isNotEqualTo(user);
    }

    @Test
    void aUsernameIsUniqueWhateverItsCase() {
        server.newUser("Echo", PASSWORD);

        Reply reply = server.admin("POST", "/users", "{\"username\":\"eCHO\",\"password\":\"long enough\"}");
        assertThat(reply.status()).isEqualTo(409);
        assertThat(reply.error()).isEqualTo("already_exists");
    }

    @Test
    void anEmailIsUniqueWhateverItsCase() {
        String user = server.newUser("mailed", PASSWORD);
        server.admin("PATCH", "/users/" + user, "{\"email\":\"mailed@example.com\"}");
        String other = server.newUser("other", PASSWORD);

        Reply changed = server.admin("PATCH", "/users/" + other, "{\"email\":\"MAILED@example.com\"}");
        Reply created = server.admin(
                "POST",
                "/users",
                "{\"username\":\"third\",\"password\":\"long enough\",\"email\":\"Mailed@example.com\"}");

        assertThat(changed.status()).isEqualTo(409);
        assertThat(changed.error()).isEqualTo("already_exists");
        assertThat(created.status()).isEqualTo(409);
        assertThat(created.error()).isEqualTo("already_exists");
        assertThat(server.admin("GET", "/users/" + user, null).text("email")).isEqualTo("mailed@example.com");
    }

    @Test
    void theLastAdministratorStays() {
        String admin = server.admin("GET", "/sessions", null).text("id");

        assertThat(server.admin("PATCH", "/users/" + admin, "{\"disabled\":true}")
                        .status())
                .isEqualTo(409);
        assertThat(server.admin("PATCH", "/users/" + admin, "{\"administrator\":false}")
                        .status())
                .isEqualTo(409);
        assertThat(server.admin("PATCH", "/users/" + admin, "{\"administrator\":false}")
                        .error())
                .isEqualTo("last_administrator");
        assertThat(server.admin("DELETE", "/users/" + admin, null).status()).isEqualTo(409);
        assertThat(server.admin("GET", "/users/" + admin, null)
                        .json()
                        .get("administrator")
                        .asBoolean())
                .isTrue();
    }

    @Test
    void noPasswordAndNoHashIsEverShown() {
        server.newUser("discreet", PASSWORD);

        String everything = server.admin("GET", "/users?limit=100", null)
                        .response()
                        .body()
                + server.admin("GET", "/audit?limit=100", null).response().body();
        assertThat(everything).contains("discreet").doesNotContain("argon2").doesNotContain(PASSWORD);
    }

    @ParameterizedTest
    @ValueSource(strings = {"short", ""})
    void aPasswordHasAtLeastEightCharacters(String password) {
        assertThat(server.admin("POST", "/users", "{\"username\":\"weak\",\"password\":\"%s\"}".formatted(password))
                        .status())
                .isEqualTo(400);
    }

    // Organizations, lists, audit

    @Test
    void anOrganizationIsMadeOnceAndRenamed() {
        String id = server.newOrganization("payments");

        assertThat(server.admin("POST", "/organizations", "{\"identifier\":\"payments\",\"name\":\"x\"}")
                        .status())
                .isEqualTo(409);
        assertThat(server.admin("POST", "/organizations", "{\"identifier\":\"9\",\"name\":\"x\"}")
                        .status())
                .isEqualTo(400);
        server.admin("PATCH", "/organizations/" + id, "{\"name\":\"Payments & more\"}");
        assertThat(server.admin("GET", "/organizations/" + id, null).text("name"))
                .isEqualTo("Payments & more");
        assertThat(server.admin("GET", "/organizations/org_invalid", null).status())
                .isEqualTo(404);
    }

    @Test
    void listsAreReadPageByPageNewestFirst() {
        List<String> made = new ArrayList<>();
        String organization = server.newOrganization("paged");
        for (int i = 0; i < 5; i++) {
            made.addFirst(server.admin("POST", "/api_keys", """
                            {"name": "k", "environment": "live", "unrestricted": true, "organization_id": "%s"}
                            """.formatted(organization))
                    .text("id"));
        }
        String path = "/api_keys?organization_id=" + organization + "&limit=2";

        List<String> read = new ArrayList<>();
        Reply page = server.admin("GET", path, null);
        while (page.json().get("has_more").asBoolean()) {
            assertThat(page.json().get("data")).hasSize(2);
            read.addAll(ids(page));
            page = server.admin("GET", path + "&starting_after=" + page.text("end_cursor"), null);
        }
        read.addAll(ids(page));

        assertThat(read).isEqualTo(made);
        Reply end = server.admin("GET", path + "&starting_after=" + made.getLast(), null);
        assertThat(end.json().get("end_cursor").isNull()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"limit=0", "limit=101", "limit=abc", "starting_after=nothing", "starting_after=org_1"})
    void aWrongPageIsRefused(String query) {
        assertThat(server.admin("GET", "/users?" + query, null).status()).isEqualTo(400);
    }

    @Test
    void theAuditTrailTellsWhoDidWhatUnderWhichRequest() {
        Reply created = server.admin("POST", "/organizations", "{\"identifier\":\"traced\",\"name\":\"x\"}");
        String requestId =
                created.response().headers().firstValue("X-Request-Id").orElseThrow();

        JsonNode entries = server.admin("GET", "/audit?request_id=" + requestId, null)
                .json()
                .get("data");

        assertThat(entries).hasSize(1);
        assertThat(entries.get(0).get("action").asString()).isEqualTo("organization.created");
        assertThat(entries.get(0).get("target").asString()).isEqualTo(created.text("id"));
        assertThat(entries.get(0).get("actor_name").asString()).isEqualTo("admin");
        assertThat(entries.get(0).get("address").asString()).isEqualTo("127.0.0.1");
    }

    @Test
    void theAuditTrailIsFiltered() {
        server.newUser("watched", PASSWORD);
        server.signIn("watched", PASSWORD);

        JsonNode signIns = server.admin("GET", "/audit?actor=watched&action=session.created", null)
                .json()
                .get("data");
        JsonNode later = server.admin("GET", "/audit?created_after=2099-01-01T00:00:00Z", null)
                .json()
                .get("data");

        assertThat(signIns).hasSize(1);
        assertThat(later).isEmpty();
        assertThat(server.admin("GET", "/audit?created_after=yesterday", null).status())
                .isEqualTo(400);
    }

    @Test
    void aFailedChangeLeavesNoEntry() {
        server.newOrganization("single");
        Reply conflict = server.admin("POST", "/organizations", "{\"identifier\":\"single\",\"name\":\"x\"}");
        String requestId = conflict.json().get("error").get("request_id").asString();

        assertThat(server.admin("GET", "/audit?request_id=" + requestId, null)
                        .json()
                        .get("data"))
                .isEmpty();
    }

    private static List<String> ids(Reply page) {
        List<String> ids = new ArrayList<>();
        page.json().get("data").forEach(each -> ids.add(each.get("id").asString()));
        return ids;
    }

    @Test
    void whatIsNoJsonObjectIsRefused() {
        Map<String, Integer> expected =
                Map.of("[]", 400, "{", 400, "{\"name\":1}", 400, "{\"name\":\"a\",\"name\":\"b\"}", 400);
        expected.forEach((body, status) -> assertThat(
                        server.admin("POST", "/organizations", body).status())
                .isEqualTo(status));
        assertThat(server.send(
                                "POST",
                                "/organizations",
                                null,
                                "Authorization",
                                "Bearer " + server.admin,
                                "Content-Type",
                                "text/plain")
                        .status())
                .isEqualTo(415);
    }
}
