package dev.breakwater.events.event;

import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.json.WireTime;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** The wire form of an event; its payload is spliced in as it is stored (events.md 4.2). */
public final class EventJson {

    private EventJson() {}

    /** The prefix of event ids. */
    public static final String PREFIX = "evt";

    /** Writes one event. */
    public static byte[] write(Event event) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(event.payload().length + 192);
        write(out, event);
        return out.toByteArray();
    }

    /** Appends one event; members in the contract's order. The type needs no escaping by its syntax. */
    public static void write(ByteArrayOutputStream out, Event event) {
        String head = "{\"id\":\"" + Ids.text(PREFIX, event.id()) + "\",\"type\":\"" + event.type()
                + "\",\"workspace_id\":\"" + Ids.text("ws", event.workspaceId()) + "\",\"payload\":";
        out.writeBytes(head.getBytes(StandardCharsets.ISO_8859_1));
        out.writeBytes(event.payload());
        out.writeBytes((",\"created_at\":\"" + WireTime.text(event.createdAt()) + "\"}")
                .getBytes(StandardCharsets.ISO_8859_1));
    }
}
