package dev.breakwater.server;

import java.util.List;

/** The capabilities of this build, each wired by its constructor. */
final class Capabilities {

    private Capabilities() {}

    /** In the order of starting; they end in the opposite order. */
    static List<Capability> build(Foundation foundation) {
        return List.of();
    }
}
