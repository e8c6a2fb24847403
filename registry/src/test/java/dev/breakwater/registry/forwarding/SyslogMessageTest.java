package dev.breakwater.registry.forwarding;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.registry.activity.LogEntry;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class SyslogMessageTest {

    private static LogEntry entry(String username, String resource, boolean succeeded) {
        return new LogEntry(
                1,
                Instant.parse("2026-05-25T12:00:00.123456Z"),
                username,
                "delete",
                "artifact",
                resource,
                succeeded,
                "gone");
    }

    @Test
    void an_entry_is_one_line() {
        assertThat(SyslogMessage.of(entry("ann", "demo/app:v1", true), "node-1"))
                .isEqualTo("<110>1 2026-05-25T12:00:00.123456Z node-1 audit - - - [operator=\"ann\""
                        + " resourceType=\"artifact\" time=\"2026-05-25T12:00:00.123456Z\"]: action:delete,"
                        + " resource:demo/app:v1, operation_description:gone, operation_result:true");
        assertThat(SyslogMessage.of(entry("ann", "demo/app:v1", false), "node-1"))
                .startsWith("<108>1 ")
                .endsWith("operation_result:false");
    }

    @Test
    void a_name_can_neither_begin_another_entry_nor_end_a_field() {
        assertThat(SyslogMessage.of(entry("a\"] \\b", "x\r\n<110>1 y\0z", true), "node-1"))
                .contains("[operator=\"a\\\"] \\\\b\" resourceType=")
                .contains("resource:x  <110>1 y z,")
                .doesNotContain("\n", "\r", "\0");
    }

    @Test
    void a_sender_without_a_sound_name_has_none() {
        assertThat(SyslogMessage.of(entry("ann", "x", true), "my node")).contains("Z - audit ");
        assertThat(SyslogMessage.of(entry("ann", "x", true), "")).contains("Z - audit ");
    }
}
