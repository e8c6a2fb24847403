package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import org.junit.jupiter.api.Test;

/** {@code /registry/collection}. */
@WithServer
class CollectionPagesTest {

    private static final String ADDRESS = "/registry/collection";

    private final TestServer server;
    private final Yard yard;

    CollectionPagesTest(TestServer server) {
        this.server = server;
        yard = new Yard(server);
    }

    private Reply start(Visitor visitor, String... fields) {
        Reply begun = visitor.submit(visitor.get(ADDRESS).expect(200), ADDRESS, fields);
        return Yard.until(visitor, begun.expect(303).header("Location").orElseThrow(), ">success</span>");
    }

    @Test
    void a_dry_run_tells_what_a_real_one_frees() {
        yard.push("web", "v1", "v2");
        assertThat(yard.admin()
                        .delete("/v2/" + yard.project() + "/web/manifests/v1")
                        .status())
                .isEqualTo(202);
        server.advance(Duration.ofDays(30));
        Visitor admin = Visitor.administrator(server);

        Reply dry = start(admin, "kind", "dry", "workers", "2");
        assertThat(dry.text())
                .contains("<h1>Dry run ")
                .contains("Would be freed")
                .contains("workers: 2");
        String freed = Visitor.found(dry, "<strong>[^<]+</strong> in [0-9]+ artifacts? and [0-9]+ blobs?");
        Reply real = start(admin, "kind", "real", "workers", "1");

        assertThat(real.text()).contains("<h1>Collection ").contains("<dt>Freed</dt><dd>" + freed);
        assertThat(real.text()).contains("[INFO] Success");
        assertThat(admin.get(ADDRESS).text()).contains("dry run").contains("by hand");
    }

    @Test
    void times_are_set_shown_and_ended() {
        Visitor admin = Visitor.administrator(server);
        String schedule = ADDRESS + "/schedule";

        Reply weekly = admin.follow(admin.submit(admin.get(ADDRESS), schedule, "every", "weekly", "untagged", "yes"));
        assertThat(weekly.text())
                .contains("When collections run is saved.")
                .contains("value=\"weekly\" selected")
                .contains("name=\"untagged\" value=\"yes\" checked")
                .containsPattern("Next <time datetime=\"[^\"]+T00:00:00Z");
        String kept =
                yard.admin().get("/api/v2.0/system/gc/schedule").expect(200).text();
        assertThat(kept).contains("\"cron\":\"0 0 0 * * 0\"").contains("delete_untagged\\\":true");
        Reply wrong = admin.submit(weekly, schedule, "every", "custom", "cron", "<b>");
        assertThat(wrong.expect(400).text())
                .contains("id=\"problem-cron\" role=\"alert\"")
                .contains("value=\"&lt;b>\"")
                .doesNotContain("<b>");
        admin.submit(weekly, schedule, "every", "never").expect(303);
        assertThat(yard.admin().get("/api/v2.0/system/gc/schedule").expect(200).text())
                .doesNotContain("cron");
    }

    @Test
    void workers_out_of_bounds_are_refused() {
        Visitor admin = Visitor.administrator(server);

        for (String workers : java.util.List.of("0", "11", "many")) {
            assertThat(admin.submit(admin.get(ADDRESS), ADDRESS, "kind", "dry", "workers", workers)
                            .expect(400)
                            .text())
                    .contains("id=\"problem-workers\" role=\"alert\"");
        }
    }

    @Test
    void the_bytes_are_checked_and_the_store_is_compared() {
        yard.push("web", "v1");
        Visitor admin = Visitor.administrator(server);

        Reply begun = admin.follow(admin.submit(admin.get(ADDRESS), ADDRESS + "/scrub"));
        assertThat(begun.text()).contains("All blobs are being read.");
        Yard.until(admin, ADDRESS, "all are sound");
        admin.submit(begun, ADDRESS + "/comparison").expect(303);
        Yard.until(admin, ADDRESS, "nothing is missing");
    }

    @Test
    void purges_of_the_log_are_listed() {
        Visitor admin = Visitor.administrator(server);
        yard.admin().post("/api/v2.0/system/purgeaudit/schedule", """
                        {"schedule": {"type": "Manual"}, "parameters": {"audit_retention_hour": 37,
                         "include_event_types": "pull_artifact", "dry_run": true}}""").expect(201);

        assertThat(Yard.until(admin, ADDRESS, "37 hours").text()).contains("dry run");
    }

    @Test
    void a_run_that_is_none_is_not_there() {
        Visitor admin = Visitor.administrator(server);

        admin.get(ADDRESS + "/999999").expect(404);
        admin.get(ADDRESS + "/x").expect(404);
        admin.get(ADDRESS + "/999999/live").expect(404);
        String token = "form_token=" + Visitor.hidden(admin.get(ADDRESS), "form_token");
        admin.post(ADDRESS + "/999999/stop", token).expect(404);
        assertThat(admin.get(ADDRESS + "?starting_after=first").status()).isEqualTo(400);
    }
}
