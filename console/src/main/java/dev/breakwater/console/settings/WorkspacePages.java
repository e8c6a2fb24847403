package dev.breakwater.console.settings;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.page.Workspaces;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /settings/workspaces}: their ids, and making, suspending and archiving them (events.md 7.3, 14). */
public final class WorkspacePages {

    private final Templates templates;
    private final WorkspaceRegister register;
    private final Workspaces workspaces;

    /** Shows and changes what these know. */
    public WorkspacePages(Templates templates, WorkspaceRegister register, Workspaces workspaces) {
        this.templates = templates;
        this.register = register;
        this.workspaces = workspaces;
    }

    /**
     * The list, with the form of one that is to be.
     *
     * @param frame around it
     * @param workspaces of the organization
     * @param mayEdit whether the visitor may make and change them
     * @param name as it was typed
     * @param problem what was wrong; null at first
     */
    public record ListModel(
            Frame frame,
            List<WorkspaceRegister.Entry> workspaces,
            boolean mayEdit,
            String name,
            @Nullable Problem problem) {}

    /** {@code GET /settings/workspaces}. */
    public Answer list(Visit visit) {
        visit.require(WorkspaceRegister.VIEW);
        return list(visit, 200, "", null);
    }

    private Answer list(Visit visit, int status, String name, @Nullable Problem problem) {
        return templates.answer(
                status,
                "settings/workspaces.jte",
                new ListModel(
                        visit.frame("Workspaces", Section.WORKSPACES),
                        workspaces.all(visit),
                        visit.may(WorkspaceRegister.EDIT),
                        name,
                        problem));
    }

    /** {@code POST /settings/workspaces}. */
    public Answer create(Visit visit) {
        Form form = Form.of(visit);
        try {
            WorkspaceRegister.Entry made = register.create(
                    visit.call(), visit.organization().id(), form.text("environment"), form.text("name"));
            return visit.redirect("/settings/workspaces/" + made.id(), Notice.WORKSPACE_CREATED);
        } catch (Failure.Invalid wrong) {
            return list(visit, 400, form.text("name"), Problem.of(wrong));
        }
    }

    /**
     * One workspace.
     *
     * @param frame around it
     * @param workspace itself
     * @param mayEdit whether the visitor may change it
     * @param name as it was typed
     * @param retention as it was typed
     * @param problem what was wrong; null at first
     */
    public record WorkspaceModel(
            Frame frame,
            WorkspaceRegister.Entry workspace,
            boolean mayEdit,
            String name,
            String retention,
            @Nullable Problem problem) {}

    /** {@code GET /settings/workspaces/{id}}. */
    public Answer show(Visit visit) {
        WorkspaceRegister.Entry workspace = found(visit);
        return page(visit, 200, workspace, workspace.name(), Integer.toString(workspace.retentionDays()), null);
    }

    private WorkspaceRegister.Entry found(Visit visit) {
        String id = visit.call().pathParameter("id");
        return workspaces.holding(visit, id, id);
    }

    private Answer page(
            Visit visit,
            int status,
            WorkspaceRegister.Entry workspace,
            String name,
            String retention,
            @Nullable Problem problem) {
        return templates.answer(
                status,
                "settings/workspace.jte",
                new WorkspaceModel(
                        visit.frame(workspace.name(), Section.WORKSPACES),
                        workspace,
                        visit.may(WorkspaceRegister.EDIT),
                        name,
                        retention,
                        problem));
    }

    /** {@code POST /settings/workspaces/{id}}: another name or retention. */
    public Answer save(Visit visit) {
        WorkspaceRegister.Entry workspace = found(visit);
        Form form = Form.of(visit);
        String retention = form.text("retention_days");
        try {
            register.change(
                    visit.call(),
                    workspace.id(),
                    new WorkspaceRegister.Change(
                            Optional.of(form.text("name")),
                            Optional.empty(),
                            Optional.empty(),
                            Optional.of(days(retention))));
            return visit.redirect("/settings/workspaces/" + workspace.id(), Notice.WORKSPACE_SAVED);
        } catch (Failure.Invalid wrong) {
            return page(visit, 400, workspace, form.text("name"), retention, Problem.of(wrong));
        }
    }

    private static int days(String text) {
        if (!text.matches("[0-9]{1,6}")) {
            throw new Failure.Invalid("retention_days", "Write a whole number of days; 0 keeps events for ever.");
        }
        return Integer.parseInt(text);
    }

    /** {@code POST /settings/workspaces/{id}/status}: active, suspended or archived. */
    public Answer changeStatus(Visit visit) {
        WorkspaceRegister.Entry workspace = found(visit);
        Form form = Form.of(visit);
        register.change(
                visit.call(),
                workspace.id(),
                new WorkspaceRegister.Change(
                        Optional.empty(), Optional.of(form.text("status")), form.optional("reason"), Optional.empty()));
        return visit.redirect("/settings/workspaces/" + workspace.id(), Notice.WORKSPACE_SAVED);
    }
}
