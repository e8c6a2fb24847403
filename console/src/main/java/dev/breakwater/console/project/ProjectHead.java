package dev.breakwater.console.project;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Paths;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Visit;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.ProjectRegister;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What all pages of a project begin with.
 *
 * @param frame around the page
 * @param found the project, with what the visitor may do in it
 * @param tab that the page belongs to
 */
public record ProjectHead(Frame frame, ProjectRegister.Found found, ProjectTab tab) {

    /**
     * The head of a page of the project that the address names.
     *
     * @throws Failure.NotFound when it does not exist for this visitor
     */
    public static ProjectHead of(Visit visit, ProjectRegister projects, ProjectTab tab) {
        String name = visit.call().pathParameter("name");
        ProjectRegister.Found found =
                projects.find(visit.call().principal(), visit.organization().id(), name);
        String title = tab == ProjectTab.REPOSITORIES ? name : tab.label() + " of " + name;
        return new ProjectHead(visit.frame(title, Section.PROJECTS), found, tab);
    }

    /** The same head for a page with a title of its own. */
    public ProjectHead titled(String title) {
        return new ProjectHead(frame.titled(title), found, tab);
    }

    /** The name of the project. */
    public String name() {
        return found.name();
    }

    /** Whether the visitor may do this in the project. */
    public boolean may(String permission) {
        return found.may(permission);
    }

    /**
     * Insists on a permission in the project.
     *
     * @throws Failure.Forbidden when the visitor lacks it
     */
    public void require(String permission) {
        if (!may(permission)) {
            throw new Failure.Forbidden("Missing permission in the project %s: %s.".formatted(name(), permission));
        }
    }

    /** The tabs that the visitor may see. */
    public List<ProjectTab> tabs() {
        return Arrays.stream(ProjectTab.values())
                .filter(each -> found.may(each.permission()))
                .toList();
    }

    /** A role in a project for people, from how the APIs spell it: {@code limitedGuest} is a limited guest. */
    public static String role(String label) {
        return label.replaceAll("(?=[A-Z])", " ").toLowerCase(Locale.ROOT);
    }

    /** The address of a project. */
    public static String path(String project) {
        return "/projects/" + Paths.segment(project);
    }

    /** The address of a page of this project, without the organization: forms name that themselves. */
    public String action(String rest) {
        return path(name()) + rest;
    }

    /** The address of a page of this project. */
    public String to(String rest) {
        return frame.to(action(rest));
    }
}
