package dev.breakwater.acceptance.registry;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.RouteFuzz;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Thousands of requests that make little sense, from nobody, a user and the administrator: none is a fault of ours. */
@WithServer(settings = {"registry.self-registration=true", "registry.outbound.allowed-networks=127.0.0.0/8"})
class CurrentFuzzTest {

    private static final int REQUESTS = 5_000;
    private static final Map<String, String> THERE = Map.of(
            "{project_name}", "library",
            "{project_name_or_id}", "library",
            "{repository_name}", "app",
            "{reference}", "v1");
    private static final List<String> METHODS = List.of("GET", "GET", "GET", "POST", "PUT", "DELETE", "HEAD", "PATCH");
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
            "app",
            "a%2Fb",
            "a%252Fb",
            "%",
            "%2500",
            "%zz",
            "_",
            "\\",
            "v1",
            "latest",
            "public",
            "severity",
            "sha256:" + "0".repeat(64),
            "sha512:" + "f".repeat(128),
            "'; DROP TABLE registry.project; --",
            "\u0000",
            "\u2028<script>",
            "😀",
            "..",
            ":name",
            "?",
            "a".repeat(300),
            "build_history",
            "vulnerabilities",
            "admin",
            "*",
            "p",
            "g",
            "/project/1",
            "library/app:v1",
            "library/app@sha256:" + "0".repeat(64),
            "x@y",
            "a".repeat(3_000));
    private static final List<String> QUERIES = List.of(
            "name=x",
            "name=~%",
            "name=~\\",
            "tags=*",
            "tags=nil",
            "tags=~x",
            "tags=[a~b]",
            "tags={a b}",
            "labels=(1 2)",
            "labels=(x)",
            "labels=1",
            "base=*",
            "base=x",
            "push_time=[2026-01-01T00:00:00~]",
            "push_time=[x~y]",
            "creation_time=[~2026-01-01 00:00:00]",
            "creation_time=2026",
            "project_id=1",
            "project_id=x",
            "project_id={1 2}",
            "id=[1~99999999999999999999]",
            "op_time=[~]",
            "operation_result=true",
            "operation_result=x",
            "public=true",
            "size=[1~2]",
            "a=b,c=d",
            "name='a,b',type=IMAGE",
            "=",
            "x=",
            "=x",
            "x",
            "name=[a",
            "name={",
            "name=()",
            "name=\"",
            "k=\\[x]",
            "type=(A B)",
            "digest=~sha256:");
    private static final List<String> NAMES = List.of(
            "name",
            "public",
            "owner",
            "page",
            "page_size",
            "q",
            "q",
            "q",
            "sort",
            "project_id",
            "project_name",
            "username",
            "scope",
            "relative",
            "entityname",
            "with_tag",
            "with_label",
            "with_accessory",
            "with_scan_overview",
            "with_immutable_status",
            "latest_in_repository",
            "from",
            "reference",
            "reference_id");
    private static final List<String> SORTS = List.of(
            "name", "-name", "creation_time,-id", "x", ",", "-", "push_time", "-pull_time", "size;drop", "op_time");
    private static final List<String> MEMBERS = List.of(
            "project_name",
            "public",
            "metadata",
            "cve_allowlist",
            "storage_limit",
            "registry_id",
            "role_id",
            "member_user",
            "username",
            "password",
            "email",
            "realname",
            "comment",
            "old_password",
            "new_password",
            "sysadmin_flag",
            "description",
            "name",
            "scope",
            "color",
            "project_id",
            "id",
            "items",
            "expires_at",
            "schedule",
            "parameters",
            "auth_mode",
            "token_expiration",
            "session_timeout",
            "banner_message",
            "scan_all_policy",
            "disabled_audit_log_event_types",
            "storage_per_project",
            "severity",
            "auto_scan",
            "scan_type",
            "level",
            "duration",
            "permissions",
            "hard",
            "rules",
            "trigger",
            "tag_selectors");
    /** Beside those that every API is sent. */
    private static final List<String> JSON = List.of(
            "[{\"cve_id\": \"CVE-1\"}]",
            "[{\"cve_id\": 1}]",
            "{\"public\": \"true\"}",
            "{\"public\": null}",
            "{\"username\": \"admin\"}",
            "{\"user_id\": -1}",
            "{\"items\": [{\"cve_id\": \"\\u0000\"}]}",
            "{\"type\": \"Manual\"}",
            "{\"type\": \"Daily\", \"cron\": \"0 0 0 * * *\"}",
            "{\"type\": \"Custom\", \"cron\": \"* * * * *\"}",
            "{\"audit_retention_hour\": 1, \"include_event_types\": \"create_artifact\"}",
            "{\"audit_retention_hour\": 9223372036854775807, \"include_event_types\": \",\"}");

    private final TestServer server;
    private final RouteFuzz fuzz = new RouteFuzz(2026, new RouteFuzz.Words(VALUES, NAMES, MEMBERS, JSON));

    CurrentFuzzTest(TestServer server) {
        this.server = server;
    }

    @Test
    void no_request_is_a_fault_of_the_server() {
        List<String> routes = server.routes().stream()
                .map(route -> route.substring(route.indexOf(' ') + 1))
                .filter(path -> path.startsWith("/api/v2.0") || path.startsWith("/c/"))
                .distinct()
                .toList();
        assertThat(routes).hasSizeGreaterThan(50);
        CurrentApi api = new CurrentApi(server);
        Distribution.pushImage(api.admin(), "library/app", "v1");
        Client anonymous = Client.of(server.url(), exchange -> {});
        Client plain = anonymous.with(
                "Authorization", ClassicApi.authorization(api.newUser().name(), "Passw0rd1"));
        Client admin = anonymous.with("Authorization", ClassicApi.authorization("admin", "Harbor12345"));
        Client browser = anonymous.with("Cookie", "sid=" + "a".repeat(43));
        List<Client> callers = new ArrayList<>();
        for (Client caller : List.of(anonymous, browser, plain, admin, admin, admin)) {
            callers.addAll(List.of(caller, caller, caller, caller.with("X-Is-Resource-Name", "true")));
        }

        Set<Integer> statuses = fuzz.pathValues(this::pathValue)
                .queryValues(this::queryValue)
                .sparing(CurrentFuzzTest::isSpared)
                .run(REQUESTS, METHODS, routes, callers, status -> status >= 500);
        assertThat(statuses).contains(200, 400, 401, 403, 404, 405, 422);
    }

    /** What would lock the administrator out, or end that anything else is tried. */
    private static boolean isSpared(String target, String body) {
        return target.contains("/users/1/password") || body.contains("read_only") || target.startsWith("/c/log_out");
    }

    private String queryValue(String name) {
        return switch (name) {
            case "q" -> fuzz.onceIn(4) ? fuzz.one(VALUES) : fuzz.one(QUERIES);
            case "sort" -> fuzz.one(SORTS);
            default -> fuzz.one(VALUES);
        };
    }

    /** Often what is there, so that more than the first check is reached. */
    private String pathValue(String parameter) {
        String there = THERE.getOrDefault(parameter, "");
        return there.isEmpty() || fuzz.onceIn(2) ? fuzz.one(VALUES) : there;
    }
}
