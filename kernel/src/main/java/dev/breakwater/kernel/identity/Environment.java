package dev.breakwater.kernel.identity;

/** The two worlds of an organization, whose data never meet (events.md 1). */
public enum Environment {
    /** Production: keys begin with {@code hb_live_}. */
    LIVE,
    /** For trying out: keys begin with {@code hb_test_}. */
    SANDBOX
}
