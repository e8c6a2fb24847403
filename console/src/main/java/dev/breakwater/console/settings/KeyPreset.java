package dev.breakwater.console.settings;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Splits of scopes that fit common programs (events.md 2.3). */
public enum KeyPreset {
    /** Only posts. */
    EMITTER("Event emitter", "Posts events and reads nothing: for the backends where things happen.", "events:write"),
    /** Only reads. */
    EXPORTER("Analytics exporter", "Reads events: for exports and reports.", "events:read"),
    /** Sets up webhooks. */
    PROVISIONER(
            "Webhook provisioner",
            "Registers and changes webhooks, reads and replays deliveries: for deployment scripts.",
            "webhooks:manage"),
    /** Does everything. */
    ADMIN("Admin tooling", "Unrestricted: every scope there is, and those to come.", "*"),
    /** Whatever is ticked. */
    CUSTOM("Chosen scopes", "Exactly the scopes ticked below.", "");

    private final String label;
    private final String purpose;
    private final String scopes;

    KeyPreset(String label, String purpose, String scopes) {
        this.label = label;
        this.purpose = purpose;
        this.scopes = scopes;
    }

    static Optional<KeyPreset> of(String code) {
        return Arrays.stream(values()).filter(each -> each.code().equals(code)).findFirst();
    }

    /** How the form names it. */
    public String code() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** What people read. */
    public String label() {
        return label;
    }

    /** What it is good for. */
    public String purpose() {
        return purpose;
    }

    /** Its scopes; none for an unrestricted key, and none for what is ticked. */
    public List<String> scopes() {
        return custom() || unrestricted() ? List.of() : List.of(scopes.split(" ", -1));
    }

    /** Whether it carries every scope. */
    public boolean unrestricted() {
        return this == ADMIN;
    }

    /** Whether what is ticked decides. */
    public boolean custom() {
        return this == CUSTOM;
    }

    /** What the page's script ticks: the scopes, or {@code *}. */
    public String ticks() {
        return scopes;
    }
}
