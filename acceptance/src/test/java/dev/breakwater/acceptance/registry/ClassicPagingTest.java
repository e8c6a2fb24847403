package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.ClassicApi.expectPlain;
import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.coverage.Proves;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** registry.md, checklist B: paging of the 2017 API. */
@WithServer
class ClassicPagingTest {

    private static final int MANY = 105;

    private final ClassicApi api;
    private final Client admin;

    ClassicPagingTest(TestServer server) {
        api = new ClassicApi(server);
        admin = api.admin();
    }

    @BeforeEach
    void many_projects() {
        if (total(admin.get("/api/projects?name=many")) == 0) {
            for (int i = 0; i < MANY; i++) {
                api.newProject(admin, "many-%03d".formatted(i), true);
            }
            for (int i = 0; i < 25; i++) {
                api.newProject(admin, "few-%02d".formatted(i), true);
            }
        }
    }

    private static int total(Reply reply) {
        return Integer.parseInt(reply.header("X-Total-Count").orElseThrow());
    }

    @Test
    @Proves(contract = "registry", lines = 19)
    void a_page_has_ten_elements_unless_asked_otherwise() {
        assertThat(admin.get("/api/projects?name=many").expect(200).json()).hasSize(10);
        assertThat(admin.get("/api/projects?name=many&page=11").expect(200).json())
                .hasSize(5);
    }

    @Test
    @Proves(contract = "registry", lines = 20)
    void a_page_has_a_hundred_elements_at_most() {
        assertThat(admin.get("/api/projects?name=many&page_size=100")
                        .expect(200)
                        .json())
                .hasSize(100);
        assertThat(admin.get("/api/projects?name=many&page_size=1000")
                        .expect(200)
                        .json())
                .hasSize(100);
        assertThat(admin.get("/api/projects?name=many&page_size=7").expect(200).json())
                .hasSize(7);
    }

    @Test
    @Proves(contract = "registry", lines = 21)
    void what_is_no_page_is_refused() {
        for (String wrong : List.of("0", "-1", "x", "1.5", "99999999999999999999")) {
            expectPlain(admin.get("/api/projects?page=" + wrong), 400, "invalid page");
            expectPlain(admin.get("/api/projects?page_size=" + wrong), 400, "invalid page_size");
        }
        assertThat(admin.get("/api/projects?page=999999999999999999")
                        .expect(200)
                        .text())
                .isEqualTo("[]");
    }

    @Test
    @Proves(contract = "registry", lines = 23)
    void links_lead_to_the_pages_before_and_after() {
        Reply middle = admin.get("/api/projects?page=2&page_size=10&name=few").expect(200);

        assertThat(total(middle)).isEqualTo(25);
        assertThat(middle.header("Link"))
                .contains("</api/projects?name=few&page=1&page_size=10>; rel=\"prev\","
                        + " </api/projects?name=few&page=3&page_size=10>; rel=\"next\"");
        assertThat(admin.get("/api/projects?page=3&page_size=10&name=few").header("Link"))
                .contains("</api/projects?name=few&page=2&page_size=10>; rel=\"prev\"");
    }

    @Test
    @Proves(contract = "registry", lines = 24)
    void there_is_no_link_to_where_nothing_is() {
        assertThat(admin.get("/api/projects?page_size=10&name=few").header("Link"))
                .contains("</api/projects?name=few&page=2&page_size=10>; rel=\"next\"");
        assertThat(admin.get("/api/projects?name=few-01").header("Link")).isEmpty();
    }

    @Test
    @Proves(contract = "registry", lines = 25)
    void an_empty_list_is_a_list() {
        ClassicApi.User user = api.newUser();
        long project = api.newProject(false);
        for (String path : List.of(
                "/api/projects?name=nothing-like-it",
                "/api/repositories?project_id=" + project,
                "/api/users?username=nobody-like-that",
                "/api/projects/" + project + "/logs?operation=push",
                "/api/logs?username=nobody-like-that",
                "/api/repositories/top",
                "/api/targets",
                "/api/policies/replication")) {
            assertThat(admin.get(path).expect(200).text()).as(path).isEqualTo("[]");
        }
        assertThat(user.client().get("/api/logs").expect(200).text()).isEqualTo("[]");
        assertThat(admin.get("/api/search?q=nothing-like-it").expect(200).text())
                .isEqualTo("{\n  \"project\": [],\n  \"repository\": []\n}");
    }
}
