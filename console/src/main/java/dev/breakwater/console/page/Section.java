package dev.breakwater.console.page;

/** The parts of the console that its navigation leads to. */
public enum Section {
    /** How things stand. */
    HOME("Home", "/", "home"),
    /** What happened. */
    EVENTS("Events", "/events", "event"),
    /** Who is told. */
    WEBHOOKS("Webhooks", "/webhooks", "webhook"),
    /** How it was told. */
    DELIVERIES("Deliveries", "/deliveries", "delivery"),
    /** Namespaces of the registry. */
    PROJECTS("Projects", "/projects", "project"),
    /** Programs that use the registry as a whole. */
    ROBOTS("System robots", "/registry/robots", "robot"),
    /** What keeps the store clean. */
    COLLECTION("Collection", "/registry/collection", "collection"),
    /** Keys of programs. */
    KEYS("API keys", "/settings/keys", "key"),
    /** Containers of events. */
    WORKSPACES("Workspaces", "/settings/workspaces", "workspace"),
    /** People and their roles. */
    MEMBERS("Members", "/settings/members", "member"),
    /** Who changed what. */
    AUDIT("Audit log", "/settings/audit", "audit"),
    /** The APIs, to be read and tried. */
    API("API explorer", "/developers/api", "code"),
    /** How things are done. */
    GUIDES("Guides", "/developers/guides", "guide"),
    /** The own account. */
    ACCOUNT("Account", "/account", "account"),
    /** None of them. */
    NONE("", "/", "home");

    private final String label;
    private final String path;
    private final String icon;

    Section(String label, String path, String icon) {
        this.label = label;
        this.path = path;
        this.icon = icon;
    }

    /** What people read. */
    public String label() {
        return label;
    }

    /** Where it begins. */
    public String path() {
        return path;
    }

    /** Its image. */
    public String icon() {
        return icon;
    }
}
