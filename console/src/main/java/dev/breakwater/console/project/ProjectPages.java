package dev.breakwater.console.project;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.ProjectRegister;
import org.jspecify.annotations.Nullable;

/** {@code /projects}: those of the organization, making one, and the settings of one. */
public final class ProjectPages {

    private final Templates templates;
    private final ProjectRegister projects;

    /** Shows and changes what this register knows. */
    public ProjectPages(Templates templates, ProjectRegister projects) {
        this.templates = templates;
        this.projects = projects;
    }

    /**
     * The list.
     *
     * @param frame around it
     * @param name that was looked for; empty for any
     * @param projects of this page
     * @param mayCreate whether the visitor may make one
     */
    public record ListModel(Frame frame, String name, Listed<ProjectRegister.Entry> projects, boolean mayCreate) {}

    /** {@code GET /projects}. */
    public Answer list(Visit visit) {
        Query query = Query.of(visit);
        Listed<ProjectRegister.Entry> listed = Listed.of(
                query,
                () -> projects.list(
                        visit.call().principal(), visit.organization().id(), query.text("name"), query.after()));
        return templates.answer(
                listed.status(),
                "project/list.jte",
                new ListModel(
                        visit.frame("Projects", Section.PROJECTS), query.shown("name"), listed, mayCreate(visit)));
    }

    private boolean mayCreate(Visit visit) {
        return projects.mayCreate(visit.call().principal(), visit.organization().id());
    }

    /**
     * The form of a project that is to be.
     *
     * @param frame around it
     * @param name as it was typed
     * @param isPublic as it was ticked
     * @param problem what was wrong; null at first
     */
    public record NewModel(
            Frame frame,
            String name,
            boolean isPublic,
            @Nullable Problem problem) {}

    /** {@code GET /projects/new}. */
    public Answer create(Visit visit) {
        if (!mayCreate(visit)) {
            throw new Failure.Forbidden(
                    visit.guest()
                            ? "Only members of the organization make projects in it."
                            : "Only administrators make projects in this installation.");
        }
        return form(visit, 200, "", false, null);
    }

    private Answer form(Visit visit, int status, String name, boolean isPublic, @Nullable Problem problem) {
        return templates.answer(
                status,
                "project/new.jte",
                new NewModel(visit.frame("New project", Section.PROJECTS), name, isPublic, problem));
    }

    /** {@code POST /projects}. */
    public Answer add(Visit visit) {
        Form form = Form.of(visit);
        String name = form.text("name");
        boolean isPublic = isPublic(form);
        try {
            projects.create(visit.call(), visit.organization().id(), name, isPublic);
        } catch (Failure.Invalid | Failure.Conflict wrong) {
            return form(visit, wrong.status(), name, isPublic, new Problem("name", wrong.explanation()));
        }
        return visit.redirect(ProjectHead.path(name), Notice.PROJECT_CREATED);
    }

    private static boolean isPublic(Form form) {
        return form.text("visibility").equals("public");
    }

    /**
     * The settings of a project.
     *
     * @param head of the page
     * @param empty whether nothing is in it
     * @param problem what hinders its deletion; null at first
     */
    public record SettingsModel(
            ProjectHead head, boolean empty, @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }
    }

    /** {@code GET /projects/{name}/settings}. */
    public Answer settings(Visit visit) {
        return settings(visit, 200, null);
    }

    private Answer settings(Visit visit, int status, @Nullable Problem problem) {
        ProjectHead head = ProjectHead.of(visit, projects, ProjectTab.SETTINGS);
        head.require(ProjectRegister.EDIT);
        boolean empty =
                projects.isEmpty(visit.call().principal(), visit.organization().id(), head.name());
        return templates.answer(status, "project/settings.jte", new SettingsModel(head, empty, problem));
    }

    /** {@code POST /projects/{name}/settings}: public or private. */
    public Answer save(Visit visit) {
        String name = visit.call().pathParameter("name");
        projects.setPublic(visit.call(), visit.organization().id(), name, isPublic(Form.of(visit)));
        return visit.redirect(ProjectHead.path(name) + ProjectTab.SETTINGS.path(), Notice.PROJECT_SAVED);
    }

    /** {@code POST /projects/{name}/delete}. */
    public Answer delete(Visit visit) {
        try {
            projects.delete(
                    visit.call(), visit.organization().id(), visit.call().pathParameter("name"));
        } catch (Failure.Conflict hindered) {
            return settings(visit, 409, Problem.of(hindered));
        }
        return visit.redirect(Section.PROJECTS.path(), Notice.PROJECT_DELETED);
    }
}
