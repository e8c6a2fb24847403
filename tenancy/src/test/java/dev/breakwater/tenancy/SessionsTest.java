package dev.breakwater.tenancy;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.tenancy.AdminServer.Reply;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Signing in and out, by the clock and by the browser's rules. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SessionsTest {

    private static final String PASSWORD = "a long enough one";

    private final AdminServer server = new AdminServer();
    private String username = "";
    private String user = "";

    @BeforeEach
    void newUser() {
        username = "user" + server.node.ids.next();
        user = server.newUser(username, PASSWORD);
    }

    @AfterAll
    void stop() {
        server.close();
    }

    @Test
    void signingInGivesABrowserACookieThatNoScriptCanRead() {
        Reply reply = server.signInReply(username, PASSWORD);

        assertThat(reply.status()).isEqualTo(201);
        String cookie = reply.response().headers().firstValue("Set-Cookie").orElseThrow();
        assertThat(cookie)
                .matches("breakwater_session=[A-Za-z0-9_-]{43}; Path=/; Max-Age=2592000; HttpOnly; SameSite=Lax");
        assertThat(withCookie("GET", "/sessions", cookie).text("username")).isEqualTo(username);
    }

    @Test
    void onlyTheHashOfASessionIsStored() {
        String token = server.signIn(username, PASSWORD);

        List<String> rows = server.node.database.query(
                h -> h.createQuery("SELECT s::text || encode(s.hash, 'escape') FROM tenancy.user_session s")
                        .mapTo(String.class)
                        .list());
        assertThat(rows).isNotEmpty().noneMatch(row -> row.contains(token));
    }

    @Test
    void aSessionLivesEightHoursAfterItsLastUse() {
        String token = server.signIn(username, PASSWORD);
        server.node.time.advance(Duration.ofHours(7));
        assertThat(lives(token)).isTrue();
        server.node.time.advance(Duration.ofHours(7));
        assertThat(lives(token)).isTrue();

        server.node.time.advance(Duration.ofHours(8));
        assertThat(lives(token)).isFalse();
    }

    @Test
    void aSessionEndsAfterThirtyDaysHoweverOftenItIsUsed() {
        String token = server.signIn(username, PASSWORD);
        for (int hours = 0; hours < 30 * 24 - 6; hours += 6) {
            server.node.time.advance(Duration.ofHours(6));
            assertThat(lives(token)).isTrue();
        }

        server.node.time.advance(Duration.ofHours(6));
        assertThat(lives(token)).isFalse();
    }

    @Test
    void signingOutEndsThisSessionOnly() {
        String first = server.signIn(username, PASSWORD);
        String second = server.signIn(username, PASSWORD);

        Reply out = server.call("DELETE", "/sessions", first, null);

        assertThat(out.status()).isEqualTo(204);
        assertThat(out.response().headers().firstValue("Set-Cookie").orElseThrow())
                .contains("Max-Age=0");
        assertThat(lives(first)).isFalse();
        assertThat(lives(second)).isTrue();
    }

    @Test
    void signingOutEverywhereEndsAllSessions() {
        String first = server.signIn(username, PASSWORD);
        String second = server.signIn(username, PASSWORD);

        server.call("DELETE", "/sessions?all=true", first, null);

        assertThat(lives(first)).isFalse();
        assertThat(lives(second)).isFalse();
    }

    @Test
    void aNewPasswordEndsAllOtherSessions() {
        String mine = server.signIn(username, PASSWORD);
        String other = server.signIn(username, PASSWORD);

        Reply wrong = server.call(
                "PUT",
                "/users/" + user + "/password",
                mine,
                "{\"password\":\"another long one\",\"current_password\":\"not this one\"}");
        Reply right = server.call(
                "PUT",
                "/users/" + user + "/password",
                mine,
                "{\"password\":\"another long one\",\"current_password\":\"%s\"}".formatted(PASSWORD));

        assertThat(wrong.status()).isEqualTo(400);
        assertThat(right.status()).isEqualTo(204);
        assertThat(lives(mine)).isTrue();
        assertThat(lives(other)).isFalse();
        assertThat(server.signInReply(username, PASSWORD).status()).isEqualTo(401);
        assertThat(server.signInReply(username, "another long one").status()).isEqualTo(201);
    }

    @Test
    void anAdministratorSetsThePasswordOfAnother() {
        String session = server.signIn(username, PASSWORD);

        assertThat(server.admin("PUT", "/users/" + user + "/password", "{\"password\":\"set by somebody\"}")
                        .status())
                .isEqualTo(204);
        assertThat(lives(session)).isFalse();
        assertThat(server.signInReply(username, "set by somebody").status()).isEqualTo(201);
    }

    @Test
    void aChangeWithTheCookieMustComeFromAPageOfThisHost() {
        String cookie = server.signInReply(username, PASSWORD)
                .response()
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(withCookie("DELETE", "/sessions?all=false", cookie).status()).isEqualTo(403);
        assertThat(withCookie("DELETE", "/sessions", cookie, "Sec-Fetch-Site", "cross-site")
                        .status())
                .isEqualTo(403);
        assertThat(withCookie("DELETE", "/sessions", cookie, "Sec-Fetch-Site", "same-site")
                        .status())
                .isEqualTo(403);
        assertThat(withCookie("DELETE", "/sessions", cookie, "Origin", "http://evil.example")
                        .status())
                .isEqualTo(403);
        assertThat(withCookie("DELETE", "/sessions", cookie, "Origin", "null").status())
                .isEqualTo(403);
        assertThat(withCookie("DELETE", "/sessions", cookie, "Origin", "http://" + server.authority())
                        .status())
                .isEqualTo(204);
    }

    @Test
    void aWrongHeaderIsNotMadeGoodByARightCookie() {
        String cookie = server.signInReply(username, PASSWORD)
                .response()
                .headers()
                .firstValue("Set-Cookie")
                .orElseThrow();

        assertThat(withCookie("GET", "/sessions", cookie, "Authorization", "Bearer nonsense")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void unknownUserAndWrongPasswordAreToldTheSame() {
        Reply unknown = server.signInReply("nobody-at-all", PASSWORD);
        Reply wrong = server.signInReply(username, "a wrong password");

        assertThat(unknown.status()).isEqualTo(401);
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.message()).isEqualTo(wrong.message());
    }

    @Test
    void guessingIsSlowedDownAndTheRightPasswordWorksAfterTheWait() {
        for (int i = 0; i < 5; i++) {
            assertThat(server.signInReply(username, "guess " + i).status()).isEqualTo(401);
        }

        Reply tooSoon = server.signInReply(username, PASSWORD);
        assertThat(tooSoon.status()).isEqualTo(429);
        assertThat(tooSoon.json().get("error").get("retry_after_ms").asInt()).isEqualTo(1_500);

        server.node.time.advance(Duration.ofMillis(1_500));
        assertThat(server.signInReply(username, PASSWORD).status()).isEqualTo(201);
    }

    private boolean lives(String token) {
        return server.call("GET", "/sessions", token, null).status() == 200;
    }

    private Reply withCookie(String method, String path, String setCookie, String... headers) {
        String[] all = new String[headers.length + 2];
        all[0] = "Cookie";
        all[1] = "theme=dark; " + setCookie.substring(0, setCookie.indexOf(';'));
        System.arraycopy(headers, 0, all, 2, headers.length);
        return server.send(method, path, null, all);
    }
}
