package dev.breakwater.console.home;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Environment;
import java.util.List;
import java.util.Optional;

/** {@code /}: how things stand in an organization, and what to do next. */
public final class HomePage {

    private final Templates templates;
    private final WorkspaceRegister workspaces;

    /** Shows what these know. */
    public HomePage(Templates templates, WorkspaceRegister workspaces) {
        this.templates = templates;
        this.workspaces = workspaces;
    }

    /**
     * The page.
     *
     * @param frame around it
     * @param workspaces of the organization, newest first
     * @param sandbox to try things in; empty when there is none
     * @param host where this server is reached, for commands to copy
     */
    public record Model(
            Frame frame,
            List<WorkspaceRegister.Entry> workspaces,
            Optional<WorkspaceRegister.Entry> sandbox,
            String host) {

        /** A command that posts an event into the sandbox. */
        public String postCommand() {
            return """
                    curl -s %s/v1/events \\
                      -H "Authorization: Bearer $HARBOR_SECRET_KEY" \\
                      -H 'Content-Type: application/json' \\
                      -d '{"workspace_id":"%s","type":"order.shipped","payload":{"order_id":"ord_1"}}'""".formatted(host, sandbox.map(WorkspaceRegister.Entry::id).orElse(""));
        }
    }

    /** {@code GET /}. */
    public Answer show(Visit visit) {
        List<WorkspaceRegister.Entry> all = visit.may(WorkspaceRegister.VIEW)
                ? workspaces.all(visit.call().principal(), visit.organization().id())
                : List.of();
        Optional<WorkspaceRegister.Entry> sandbox = all.stream()
                .filter(each -> each.active() && each.environment() == Environment.SANDBOX)
                .findFirst();
        return templates.answer(
                200, "home/home.jte", new Model(visit.frame("Home", Section.HOME), all, sandbox, host(visit.call())));
    }

    private static String host(Call call) {
        return (call.secure() ? "https://" : "http://") + call.authority();
    }
}
