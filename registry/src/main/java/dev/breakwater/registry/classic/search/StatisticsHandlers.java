package dev.breakwater.registry.classic.search;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.PrettyJson;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.tenancy.UserProfile;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /api/statistics} (registry.md 1.7). */
public final class StatisticsHandlers {

    private final Database database;

    /** Answers with what these know. */
    public StatisticsHandlers(Database database) {
        this.database = database;
    }

    /** {@code GET}. */
    public Answer read(Call call, Rights rights) {
        Checks.requireKnown(rights);
        @Nullable UUID user = rights.caller().user().map(UserProfile::id).orElse(null);
        StatisticsStore.Counts projects = database.query(handle -> StatisticsStore.projects(handle, user));
        StatisticsStore.Counts repositories = database.query(handle -> StatisticsStore.repositories(handle, user));
        boolean administrator = rights.caller().isAdministrator();
        Map<String, Long> counts = new TreeMap<>();
        put(counts, "project_count", projects, administrator);
        put(counts, "repo_count", repositories, administrator);
        return PrettyJson.answer(counts);
    }

    private static void put(
            Map<String, Long> counts, String what, StatisticsStore.Counts found, boolean administrator) {
        counts.put("public_" + what, found.open());
        counts.put("private_" + what, administrator ? found.total() - found.open() : found.own());
        if (administrator) {
            counts.put("total_" + what, found.total());
        }
    }
}
