package dev.breakwater.registry.classic.log;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.registry.access.Level;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.classic.dialect.ClassicPage;
import dev.breakwater.registry.classic.dialect.Numbers;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.Times;
import dev.breakwater.registry.classic.gate.Checks;
import dev.breakwater.tenancy.UserProfile;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;

/** {@code /api/logs} and {@code /api/projects/{project_id}/logs} (registry.md 1.6, 1.9). */
public final class LogHandlers {

    private static final UUID NOBODY = new UUID(0, 0);

    private final Database database;

    /** Answers with what these know. */
    public LogHandlers(Database database) {
        this.database = database;
    }

    /** {@code GET} of all that the caller has to do with. */
    public Answer all(Call call, Rights rights) {
        Checks.requireKnown(rights);
        return answer(
                call,
                new AccessLogStore.Scope(
                        null,
                        rights.caller().isAdministrator()
                                ? null
                                : rights.caller().user().map(UserProfile::id).orElse(NOBODY)));
    }

    /** {@code GET} of those of a project. */
    public Answer ofProject(Call call, Rights rights) {
        Checks.requireKnown(rights);
        long id = Checks.projectId(call);
        database.query(handle -> Checks.require(handle, rights, id, Level.READ));
        return answer(call, new AccessLogStore.Scope(id, null));
    }

    private record View(
            long logId,
            String username,
            long projectId,
            String repoName,
            String repoTag,
            String guid,
            String operation,
            String opTime) {

        static View of(AccessLogStore.Entry entry) {
            return new View(
                    entry.id(),
                    entry.username(),
                    entry.projectId(),
                    entry.repository(),
                    entry.tag(),
                    "",
                    entry.operation(),
                    WireTime.text(entry.at()));
        }
    }

    private Answer answer(Call call, AccessLogStore.Scope scope) {
        AccessLogStore.Filter filter = new AccessLogStore.Filter(
                call.query("username").orElse(""),
                call.query("repository").orElse(""),
                call.query("tag").orElse(""),
                call.queryAll("operation").stream()
                        .filter(each -> !each.isEmpty())
                        .toList(),
                seconds(call, "begin_timestamp").map(Times::ofSeconds).orElse(null),
                seconds(call, "end_timestamp")
                        .map(end -> Times.ofSeconds(end).plusSeconds(1))
                        .orElse(null));
        ClassicPage page = ClassicPage.of(call);
        long total = database.query(handle -> AccessLogStore.count(handle, scope, filter));
        return page.answer(
                call,
                database
                        .query(handle -> AccessLogStore.list(handle, scope, filter, page.offset(), page.size()))
                        .stream()
                        .map(View::of)
                        .toList(),
                total);
    }

    private static Optional<Long> seconds(Call call, String name) {
        return call.query(name).filter(text -> !text.isEmpty()).map(text -> {
            OptionalLong number = Numbers.parse(text);
            if (number.isEmpty()) {
                throw Refusal.invalid("invalid " + name + ": " + text);
            }
            return number.getAsLong();
        });
    }
}
