package dev.breakwater.events.webhook;

import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import java.util.Optional;
import java.util.UUID;

/** Finds the workspace that a call is about, as far as its caller may know of it. */
public final class Workspaces {

    private final Directory directory;

    /** Looks into this directory. */
    public Workspaces(Directory directory) {
        this.directory = directory;
    }

    /** The workspace with this id when the caller's key reaches it. */
    public Optional<Directory.Entry> visible(Principal principal, UUID id) {
        return directory.find(id).filter(entry -> WorkspaceAccess.visible(principal, entry.workspace()));
    }

    /**
     * The workspace that a caller named.
     *
     * @throws Failure.NotFound when it does not exist for this caller
     */
    public Directory.Entry named(Principal principal, String id) {
        return WorkspaceAccess.parse(id)
                .flatMap(parsed -> visible(principal, parsed))
                .orElseThrow(() -> WorkspaceAccess.unknown(id));
    }

    /**
     * The workspace whose contents a list call asks for by {@code workspace_id}.
     *
     * @throws Failure.Invalid when the parameter is missing
     * @throws Failure.NotFound when it does not exist for this caller
     */
    public Directory.Entry listed(Call call) {
        String id = call.query("workspace_id")
                .filter(text -> !text.isEmpty())
                .orElseThrow(() -> new Failure.Invalid("workspace_id", "Missing required parameter: workspace_id."));
        return named(call.principal(), id);
    }
}
