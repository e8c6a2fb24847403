package dev.breakwater.console.project;

import dev.breakwater.registry.ProjectRegister;

/** The parts of a project, in the order of their tabs. */
public enum ProjectTab {
    /** What was pushed. */
    REPOSITORIES("Repositories", "", "repository:list"),
    /** Who may do what. */
    MEMBERS("Members", "/members", "member:list"),
    /** Accounts of programs. */
    ROBOTS("Robots", "/robots", "robot:list"),
    /** What is kept. */
    RETENTION("Retention", "/retention", "tag-retention:read"),
    /** What stays as it is. */
    IMMUTABLE("Immutable tags", "/immutable", "immutable-tag:list"),
    /** How much is stored. */
    QUOTA("Quota", "/quota", "quota:read"),
    /** What happened. */
    LOG("Log", "/log", "log:list"),
    /** What holds for it as a whole. */
    SETTINGS("Settings", "/settings", ProjectRegister.EDIT);

    private final String label;
    private final String path;
    private final String permission;

    ProjectTab(String label, String path, String permission) {
        this.label = label;
        this.path = path;
        this.permission = permission;
    }

    /** What people read. */
    public String label() {
        return label;
    }

    /** Where it is, behind the address of its project. */
    public String path() {
        return path;
    }

    /** What one needs to see it. */
    public String permission() {
        return permission;
    }
}
