package dev.breakwater.events.webhook;

import dev.breakwater.events.workspace.Scope;
import dev.breakwater.events.workspace.WorkspaceJson;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;

/** {@code GET /v1/workspaces/{id}}, allowed in every state of the workspace so that callers can see it (4.1). */
public final class RetrieveWorkspace {

    private final Workspaces workspaces;

    /** Looks for it here. */
    public RetrieveWorkspace(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    /** Answers with the metadata. */
    public Answer retrieve(Call call) {
        Scope.WORKSPACES_READ.require(call);
        return Answer.json(
                200,
                WorkspaceJson.of(workspaces
                        .named(call.principal(), call.pathParameter("id"))
                        .workspace()));
    }
}
