package dev.breakwater.server;

import java.util.List;

/** A module's database schema and the class path folder of its migrations. */
record Schema(String name, String scripts) {

    /** In the order of creation: a schema may refer to those before it. */
    static final List<Schema> ALL = List.of(new Schema("events", "dev/breakwater/events/migrations"));
}
