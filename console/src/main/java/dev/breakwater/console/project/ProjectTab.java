package dev.breakwater.console.project;

import dev.breakwater.registry.ProjectRegister;

/** The parts of a project, in the order of their tabs. */
public enum ProjectTab {
    /** What was pushed. */
    REPOSITORIES("Repositories", "", "repository:list"),
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
