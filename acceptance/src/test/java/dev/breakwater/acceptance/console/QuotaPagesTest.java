package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code /projects/{name}/quota}. */
@WithServer
class QuotaPagesTest {

    private final TestServer server;
    private final Yard yard;
    private final String address;

    QuotaPagesTest(TestServer server) {
        this.server = server;
        yard = new Yard(server);
        address = yard.page("/quota");
    }

    private Reply save(Visitor visitor, String limited, String amount, String unit) {
        return visitor.submit(
                visitor.get(address).expect(200), address, "limited", limited, "amount", amount, "unit", unit);
    }

    private long limit() {
        long id = yard.admin()
                .get("/api/v2.0/projects/" + yard.project())
                .json()
                .get("project_id")
                .asLong();
        return yard.admin()
                .get("/api/v2.0/quotas/" + id)
                .expect(200)
                .json()
                .get("hard")
                .get("storage")
                .asLong();
    }

    @ParameterizedTest
    @CsvSource({"5, MiB, 5242880, 5.0 MiB", "1.5, GiB, 1610612736, 1.5 GiB", "2, TiB, 2199023255552, 2.0 TiB"})
    void an_administrator_sets_a_limit_that_the_api_has_too(String amount, String unit, long bytes, String shown) {
        Visitor admin = Visitor.administrator(server);

        Reply saved = admin.follow(save(admin, "yes", amount, unit));

        assertThat(saved.text())
                .contains("The limit is saved.")
                .contains("of " + shown)
                .contains("value=\"" + amount + "\"")
                .contains("value=\"" + unit + "\" selected")
                .contains("<progress");
        assertThat(limit()).isEqualTo(bytes);
        assertThat(admin.follow(save(admin, "no", "", unit)).text()).contains("stored, without a limit");
        assertThat(limit()).isEqualTo(-1);
    }

    @Test
    void a_full_project_says_what_to_do() {
        yard.push("web", "v1");
        Visitor admin = Visitor.administrator(server);
        long used = yard.admin()
                .get("/api/v2.0/quotas?reference=project&sort=-used.storage")
                .json()
                .valueStream()
                .filter(quota -> quota.get("ref").get("name").asString().equals(yard.project()))
                .findFirst()
                .orElseThrow()
                .get("used")
                .get("storage")
                .asLong();
        assertThat(used).isPositive();
        long id = yard.admin()
                .get("/api/v2.0/projects/" + yard.project())
                .json()
                .get("project_id")
                .asLong();
        yard.admin()
                .put("/api/v2.0/quotas/" + id, "{\"hard\": {\"storage\": %d}}".formatted(used))
                .expect(200);

        assertThat(admin.get(address).expect(200).text())
                .contains("100 % used")
                .contains("The project is full: pushes that need room are refused.");
    }

    @Test
    void what_is_wrong_stands_beside_its_field_and_what_was_typed_stays() {
        Visitor admin = Visitor.administrator(server);

        for (String wrong : java.util.List.of("", "much", "-1", "0", "<b>", "99999999999")) {
            Reply reply = save(admin, "yes", wrong, "TiB");
            assertThat(reply.expect(400).text())
                    .contains("id=\"problem-limit\" role=\"alert\"")
                    .contains("value=\"yes\" checked")
                    .contains("value=\"" + wrong.replace("<", "&lt;") + "\"")
                    .doesNotContain("<b>");
        }
        assertThat(save(admin, "yes", "1", "acres").expect(400).text()).contains("id=\"problem-limit\"");
        assertThat(limit()).isEqualTo(-1);
    }

    @Test
    void who_administers_the_project_sees_the_use_and_sets_nothing() {
        Visitor member = yard.member(1);

        Reply page = member.get(address).expect(200);

        assertThat(page.text()).contains("stored, without a limit").doesNotContain("Save limit");
        String token = "form_token=" + Visitor.hidden(page, "form_token");
        member.post(address, token + "&limited=yes&amount=1&unit=MiB").expect(403);
        assertThat(limit()).isEqualTo(-1);
    }
}
