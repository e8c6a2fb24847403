package dev.breakwater.server.admin;

import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Shows the audit trail. */
@Command(name = "audit", mixinStandardHelpOptions = true, description = "Show the audit trail, newest first.")
final class AuditCommand implements Callable<Integer> {

    private final AdminCommand admin;

    @Mixin
    private final Listing listing = new Listing();

    @Option(names = "--action", description = "only this action, for example api_key.created")
    private @Nullable String action;

    @Option(names = "--actor", description = "only this caller, by id or name")
    private @Nullable String actor;

    @Option(names = "--request", paramLabel = "ID", description = "only this request, req_…")
    private @Nullable String request;

    @Option(names = "--after", paramLabel = "TIME", description = "only at this time or later")
    private @Nullable String after;

    @Option(names = "--before", paramLabel = "TIME", description = "only before this time")
    private @Nullable String before;

    AuditCommand(AdminCommand admin) {
        this.admin = admin;
    }

    @Override
    public Integer call() {
        Map<String, String> filters = listing.filters();
        filter(filters, "action", action);
        filter(filters, "actor", actor);
        filter(filters, "request_id", request);
        filter(filters, "created_after", after);
        filter(filters, "created_before", before);
        admin.output()
                .table(
                        admin.api().list("/audit", filters, listing.limit()),
                        "at",
                        "actor_name",
                        "action",
                        "target",
                        "address",
                        "request_id");
        return 0;
    }

    private static void filter(Map<String, String> filters, String name, @Nullable String value) {
        if (value != null) {
            filters.put(name, value);
        }
    }
}
