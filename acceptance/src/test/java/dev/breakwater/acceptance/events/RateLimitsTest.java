package dev.breakwater.acceptance.events;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** events.md, checklist: rate limits, with the documented numbers. */
@WithServer(settings = "events.rate-limits.enabled=true")
class RateLimitsTest {

    private final TestServer server;
    private final Organization acme;

    RateLimitsTest(TestServer server, Organization acme) {
        this.server = server;
        this.acme = acme;
    }

    private Reply read(Client program) {
        return program.get("/v1/workspaces/" + acme.workspace());
    }

    private static int number(Reply reply, String header) {
        return Integer.parseInt(reply.header(header).orElseThrow());
    }

    /** Uses up the burst of a sandbox key and returns the reply to one request more. */
    private Reply exhaust(Client program) {
        for (int i = 0; i < 30; i++) {
            read(program).expect(200);
        }
        return read(program);
    }

    @Test
    @Proves(contract = "events", lines = 83)
    void every_answer_says_what_is_left() {
        Reply first = read(acme.sandbox()).expect(200);
        Reply second = acme.sandbox().get("/v1/workspaces/ws_invalid").expect(404);
        Reply third = read(acme.sandbox()).expect(200);
        Reply live = acme.live().get("/v1/workspaces/" + acme.liveWorkspace()).expect(200);

        assertThat(number(first, "Harbor-RateLimit-Limit")).isEqualTo(120);
        assertThat(number(first, "Harbor-RateLimit-Remaining")).isEqualTo(119);
        assertThat(number(second, "Harbor-RateLimit-Limit")).isEqualTo(120);
        assertThat(number(third, "Harbor-RateLimit-Remaining")).isEqualTo(118);
        assertThat(number(live, "Harbor-RateLimit-Limit")).isEqualTo(600);
        assertThat(Long.parseLong(first.header("Harbor-RateLimit-Reset").orElseThrow()))
                .isEqualTo(server.time().instant().plusSeconds(60).getEpochSecond());
    }

    @Test
    @Proves(contract = "events", lines = 84)
    void the_31st_request_at_one_instant_is_refused() {
        Reply refused = exhaust(acme.sandbox());

        assertThat(refused.expectError(429, "rate_limit_exceeded"))
                .isEqualTo("Too many requests. Retry after 1 second.");
        assertThat(refused.json().get("error").get("retry_after_ms").isIntegralNumber())
                .isTrue();
        assertThat(refused.json().get("error").get("retry_after_ms").asInt()).isEqualTo(500);
        assertThat(refused.header("Retry-After")).contains("1");
    }

    @Test
    @Proves(contract = "events", lines = 84)
    void production_allows_sixty_at_one_instant() {
        Client program = acme.live();
        for (int i = 0; i < 60; i++) {
            program.get("/v1/workspaces/" + acme.liveWorkspace()).expect(200);
        }

        program.get("/v1/workspaces/" + acme.liveWorkspace()).expectError(429, "rate_limit_exceeded");
    }

    @Test
    @Proves(contract = "events", lines = 85)
    void whoever_waits_as_long_as_told_passes() {
        Client program = acme.sandbox();
        int wait = exhaust(program).json().get("error").get("retry_after_ms").asInt();

        server.advance(Duration.ofMillis(wait - 1));
        read(program).expectError(429, "rate_limit_exceeded");
        server.advance(Duration.ofMillis(1));

        read(program).expect(200);
    }

    @Test
    @Proves(contract = "events", lines = 86)
    void another_key_has_an_allowance_of_its_own() {
        exhaust(acme.sandbox()).expectError(429, "rate_limit_exceeded");

        read(server.client().bearer(acme.newKey().secret())).expect(200);
    }

    @Test
    @Proves(contract = "events", lines = 86)
    void another_workspace_has_an_allowance_of_its_own() {
        exhaust(acme.sandbox()).expectError(429, "rate_limit_exceeded");

        acme.sandbox().get("/v1/workspaces/" + acme.newWorkspace()).expect(200);
    }

    @Test
    @Proves(contract = "events", lines = 87)
    void a_window_has_120_requests_however_they_are_paced() {
        Client program = acme.sandbox();
        Duration pace = Duration.ofMillis(400);
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 130; i++) {
            replies.add(read(program));
            server.advance(pace);
        }

        assertThat(replies.subList(0, 120)).allSatisfy(reply -> reply.expect(200));
        assertThat(replies.subList(120, 130)).allSatisfy(reply -> reply.expectError(429, "rate_limit_exceeded"));
        long reset = Long.parseLong(
                replies.getLast().header("Harbor-RateLimit-Reset").orElseThrow());
        server.time().moveTo(java.time.Instant.ofEpochSecond(reset));
        read(program).expect(200);
    }

    @Test
    void strangers_are_limited_by_their_address() {
        Client stranger = server.client();
        List<Reply> replies = new ArrayList<>();
        for (int i = 0; i < 61; i++) {
            replies.add(read(stranger));
        }

        assertThat(replies.subList(0, 60)).allSatisfy(reply -> reply.expect(401));
        replies.getLast().expectError(429, "rate_limit_exceeded");
        read(acme.sandbox()).expect(200);
    }
}
