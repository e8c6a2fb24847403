package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.RouteFuzz;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Thousands of requests that make little sense, from nobody, a user and the administrator: none is a fault of ours. */
@WithServer(settings = {"registry.self-registration=true", "registry.outbound.allowed-networks=127.0.0.0/8"})
class ClassicFuzzTest {

    private static final int REQUESTS = 4_000;
    private static final List<String> METHODS = List.of("GET", "POST", "PUT", "DELETE", "HEAD", "PATCH");
    private static final List<String> VALUES = List.of(
            "",
            "0",
            "1",
            "2",
            "-1",
            "007",
            "1.5",
            "99999999999999999999",
            "9223372036854775807",
            "-9223372036854775808",
            "true",
            "null",
            "library",
            "library/app",
            "library/a/tags/b",
            "latest",
            "sha256:" + "0".repeat(64),
            "'; DROP TABLE registry.project; --",
            "%",
            "_",
            "\\",
            "\u0000",
            "\u2028<script>",
            "😀",
            "..",
            "a".repeat(300),
            "a".repeat(3_000));
    private static final List<String> NAMES = List.of(
            "name",
            "public",
            "owner",
            "page",
            "page_size",
            "q",
            "project_id",
            "project_name",
            "username",
            "email",
            "operation",
            "begin_timestamp",
            "end_timestamp",
            "tag",
            "repository",
            "count",
            "version",
            "policy_id",
            "status",
            "start_time",
            "end_time",
            "num");
    private static final List<String> MEMBERS = List.of(
            "project_name",
            "public",
            "metadata",
            "roles",
            "username",
            "password",
            "email",
            "realname",
            "comment",
            "old_password",
            "new_password",
            "has_admin_role",
            "description",
            "name",
            "endpoint",
            "project_id",
            "target_id",
            "enabled",
            "cron_str",
            "auth_mode",
            "token_expiration",
            "ldap_url",
            "ldap_scope",
            "scan_all_policy",
            "auto_scan",
            "severity",
            "id");
    /** Beside those that every API is sent. */
    private static final List<String> JSON = List.of(
            "{\"type\": \"daily\", \"parameter\": {\"daily_time\": \"x\"}}",
            "{\"public\": \"true\"}",
            "{\"public\": null}");

    private final TestServer server;

    ClassicFuzzTest(TestServer server) {
        this.server = server;
    }

    @Test
    void no_request_is_a_fault_of_the_server() {
        List<String> routes = server.routes().stream()
                .map(route -> route.substring(route.indexOf(' ') + 1))
                .filter(path -> path.startsWith("/api/") && !path.startsWith("/api/v2.0"))
                .distinct()
                .toList();
        assertThat(routes).hasSizeGreaterThan(40);
        Client anonymous = Client.of(server.url(), exchange -> {});
        Client plain = anonymous.with(
                "Authorization",
                ClassicApi.authorization(new ClassicApi(server).newUser().name(), "Passw0rd1"));
        Client admin = anonymous.with("Authorization", ClassicApi.authorization("admin", "Harbor12345"));
        List<Client> callers = List.of(anonymous, plain, admin);

        Set<Integer> statuses = new RouteFuzz(2017, new RouteFuzz.Words(VALUES, NAMES, MEMBERS, JSON))
                .withSlashes()
                .run(REQUESTS, METHODS, routes, callers, status -> status >= 500 && status != 503);
        assertThat(statuses).contains(200, 400, 401, 403, 404, 405);
    }
}
