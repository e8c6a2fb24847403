package dev.breakwater.acceptance.registry;

import static dev.breakwater.acceptance.registry.CurrentApi.API;
import static dev.breakwater.acceptance.registry.CurrentApi.each;
import static dev.breakwater.acceptance.registry.CurrentApi.error;
import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import dev.breakwater.acceptance.harness.Await;
import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Ports;
import dev.breakwater.acceptance.harness.TestServer;
import dev.breakwater.acceptance.harness.WithServer;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** {@code audit_log_forward_endpoint} and {@code skip_audit_log_database} (registry.md 3.3, 3.5). */
@WithServer
class LogForwardingTest {

    private static final String NOWHERE = "{\"audit_log_forward_endpoint\": \"\", \"skip_audit_log_database\": false}";

    private final TestServer server;
    private final CurrentApi api;
    private final Client admin;

    LogForwardingTest(TestServer server) {
        this.server = server;
        api = new CurrentApi(server);
        admin = api.admin();
    }

    @AfterEach
    void forwardNothing() {
        configure(NOWHERE);
    }

    private void configure(String keys) {
        // Not the field: after a restart the server has another port.
        api.admin().put(API + "/configurations", keys).expect(200);
    }

    private void forwardTo(String endpoint, boolean skip) {
        configure(
                "{\"audit_log_forward_endpoint\": \"%s\", \"skip_audit_log_database\": %b}".formatted(endpoint, skip));
    }

    /** Waits for something that the next look of the server brings about. */
    private void await(String what, BooleanSupplier condition) {
        Await.until(what, () -> {
            server.advance(Duration.ofSeconds(5));
            return condition.getAsBoolean();
        });
    }

    /** Makes a project, pushes an image to it and pulls that. */
    private CurrentApi.Project use() {
        CurrentApi.Project project = api.newProject(false);
        Distribution.pushImage(admin, project.name() + "/app", "v1");
        admin.get("/v2/" + project.name() + "/app/manifests/v1").expect(200);
        return project;
    }

    private List<String> kept(CurrentApi.Project project) {
        return each(admin.get(API + "/auditlog-exts?page_size=100&q=resource%3D~" + project.name()), "operation");
    }

    @Test
    void what_happens_is_forwarded_as_it_is_logged() {
        try (SyslogServer syslog = SyslogServer.on(0)) {
            forwardTo(syslog.address(), false);
            CurrentApi.Project project = use();
            String image = project.name() + "/app:v1";
            CurrentApi.User user = api.newUser();
            api.anonymous()
                    .with("Content-Type", "application/x-www-form-urlencoded")
                    .post("/c/login", "principal=" + user.name() + "&password=wrong")
                    .expect(401);

            await("push and pull", () -> syslog.about(image).size() == 2);

            assertThat(syslog.about(project.name()))
                    .containsExactly(
                            "action:create, resource:%s, operation_description:create project: %s, operation_result:true"
                                    .formatted(project.name(), project.name()));
            assertThat(syslog.about(image))
                    .containsExactly(
                            "action:create, resource:%s, operation_description:push artifact: %s, operation_result:true"
                                    .formatted(image, image),
                            "action:pull, resource:%s, operation_description:pull artifact: %s, operation_result:true"
                                    .formatted(image, image));
            assertThat(syslog.about(user.name()))
                    .satisfiesExactly(
                            made -> assertThat(made).startsWith("action:create,"),
                            failed -> assertThat(failed)
                                    .startsWith("action:login,")
                                    .endsWith("operation_result:false"));
            String time = "\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d(\\.\\d{3,6})?Z";
            assertThat(syslog.lines())
                    .allMatch(line -> line.matches("<1(10|08)>1 " + time
                            + " \\S+ audit - - - \\[operator=\"[^\"]+\" resourceType=\"[a-z]+\" time=\"" + time
                            + "\"]: action:[a-z]+, resource:.+"))
                    .anyMatch(line -> line.startsWith("<110>1 ") && line.contains("operator=\"admin\""))
                    .anyMatch(line -> line.startsWith("<108>1 ") && line.contains("operator=\"" + user.name()));
            assertThat(kept(project)).containsExactly("pull", "create", "create");
        }
    }

    @Test
    void the_database_can_be_skipped_while_there_is_an_endpoint() {
        try (SyslogServer syslog = SyslogServer.on(0)) {
            forwardTo("tcp://" + syslog.address(), true);
            CurrentApi.Project skipped = use();

            await(
                    "push and pull",
                    () -> syslog.about(skipped.name() + "/app:v1").size() == 2);

            assertThat(syslog.about(skipped.name())).hasSize(1);
            assertThat(kept(skipped)).isEmpty();
            configure(NOWHERE);
            CurrentApi.Project later = use();
            await("the pull is noted", () -> kept(later).size() == 3);
            assertThat(syslog.about(later.name())).isEmpty();
        }
    }

    @Test
    void what_is_left_out_of_the_log_is_not_forwarded_either() {
        try (SyslogServer syslog = SyslogServer.on(0)) {
            forwardTo(syslog.address(), false);
            configure("{\"disabled_audit_log_event_types\": \"create_artifact\"}");
            CurrentApi.Project project = use();

            await("the pull", () -> !syslog.about(project.name() + "/app:v1").isEmpty());

            assertThat(syslog.about(project.name() + "/app:v1"))
                    .singleElement()
                    .asString()
                    .startsWith("action:pull,");
        } finally {
            configure("{\"disabled_audit_log_event_types\": \"\"}");
        }
    }

    @Test
    void while_the_endpoint_is_dead_all_goes_on_and_nothing_is_lost() {
        int port = Ports.free();
        ListAppender<ILoggingEvent> log = new ListAppender<>();
        Logger logger = (Logger) LoggerFactory.getLogger("dev.breakwater.registry.forwarding.LogForwarder");
        log.start();
        logger.addAppender(log);
        try {
            forwardTo("127.0.0.1:" + port, true);
            CurrentApi.Project project = use();
            await("a warning", () -> !warnings(log, port).isEmpty());
            server.advance(Duration.ofMinutes(1));
            assertThat(warnings(log, port))
                    .singleElement()
                    .asString()
                    .contains("Connection refused", "kept for 7 days");
            server.restart();
            Distribution.pushImage(api.admin(), project.name() + "/app", "v2");

            try (SyslogServer back = SyslogServer.on(port)) {
                await("all of it", () -> !back.about(project.name() + "/app:v2").isEmpty());
                assertThat(back.about(project.name())).hasSize(1);
                assertThat(back.about(project.name() + "/app:v1")).hasSize(2);
            }
        } finally {
            logger.detachAppender(log);
        }
    }

    private static List<String> warnings(ListAppender<ILoggingEvent> log, int port) {
        return List.copyOf(log.list).stream()
                .map(ILoggingEvent::getFormattedMessage)
                .filter(message -> message.contains("127.0.0.1:" + port))
                .toList();
    }

    @Test
    void there_has_to_be_an_endpoint_and_one_that_can_be_reached() {
        String needed = "audit log forward endpoint should be configured before enable skip audit log in database";
        assertThat(error(admin.put(API + "/configurations", "{\"skip_audit_log_database\": true}"), 400, "BAD_REQUEST"))
                .isEqualTo(needed);
        for (String wrong : List.of("localhost", "localhost:0", "localhost:65536", "udp://localhost:514", "a b:514")) {
            assertThat(error(
                            admin.put(
                                    API + "/configurations",
                                    "{\"audit_log_forward_endpoint\": \"" + wrong
                                            + "\", \"skip_audit_log_database\": true}"),
                            400,
                            "BAD_REQUEST"))
                    .startsWith("invalid audit_log_forward_endpoint");
        }
        forwardTo("localhost:1", true);
        assertThat(error(
                        admin.put(API + "/configurations", "{\"audit_log_forward_endpoint\": \"\"}"),
                        400,
                        "BAD_REQUEST"))
                .isEqualTo(needed);
        assertThat(admin.get(API + "/configurations")
                        .expect(200)
                        .json()
                        .at("/audit_log_forward_endpoint/value")
                        .asString())
                .isEqualTo("localhost:1");
    }
}
