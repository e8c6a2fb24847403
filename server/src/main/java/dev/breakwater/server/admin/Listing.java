package dev.breakwater.server.admin;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The options of the commands that list what belongs to an organization. */
final class Listing {

    @Option(names = "--organization", paramLabel = "ID", description = "an organization's id or identifier")
    private @Nullable String organization;

    @Option(names = "--limit", paramLabel = "N", description = "the most lines (default: ${DEFAULT-VALUE})")
    private int limit = 100;

    int limit() {
        return Math.max(1, limit);
    }

    Map<String, String> filters() {
        Map<String, String> filters = new LinkedHashMap<>();
        if (organization != null) {
            filters.put("organization_id", organization);
        }
        return filters;
    }
}
