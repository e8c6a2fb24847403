package dev.breakwater.server;

import java.util.List;

/** A module's database schema. */
public record Schema(String name) {

    /** In the order of creation: a schema may refer to those before it. */
    public static final List<Schema> ALL = List.of(new Schema("tenancy"), new Schema("events"), new Schema("registry"));

    /** The class path folder of its migrations. */
    public String scripts() {
        return "dev/breakwater/" + name + "/migrations";
    }
}
