package dev.breakwater.console.page;

import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Page;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a list shows: one page of it, or what was wrong with the filters that its address holds. Whoever wrote a wrong
 * filter gets the same page again, with the form as it was filled in and the problem beside its field, and nothing
 * listed.
 *
 * @param items of this page
 * @param pager the way on
 * @param whole the address of the list with no filter set
 * @param status of the answer
 * @param problem what was wrong; null when nothing is
 */
public record Listed<T>(
        List<T> items,
        Pager pager,
        String whole,
        int status,
        @Nullable Problem problem) {

    private static final int OK = 200;
    private static final int NOT_FOUND = 404;

    /** An immutable copy. */
    public Listed {
        items = List.copyOf(items);
    }

    /** The page of a list that is read with filters of this query. */
    public static <T> Listed<T> of(Query query, Supplier<Page<T>> read) {
        try {
            Page<T> page = read.get();
            return new Listed<>(page.items(), Pager.of(query, page), query.whole(null), OK, null);
        } catch (Failure.Invalid wrong) {
            return wrong(query, wrong);
        }
    }

    /** The page of a list that is read in the chosen workspace with filters of this query. */
    public static <T> Listed<T> of(
            Query query, Workspaces.Choice workspaces, Function<WorkspaceRegister.Entry, Page<T>> read) {
        return workspaces.problem() == null
                ? of(
                        query,
                        () -> workspaces.chosen().map(read).orElseGet(() -> new Page<>(List.of(), Optional.empty())))
                : nothing(query, NOT_FOUND, workspaces.problem());
    }

    /** Nothing, because of what was wrong. */
    public static <T> Listed<T> wrong(Query query, Failure.Invalid wrong) {
        return nothing(query, wrong.status(), Problem.of(wrong));
    }

    private static <T> Listed<T> nothing(Query query, int status, Problem problem) {
        Pager nowhere = new Pager(Optional.empty(), Optional.empty());
        return new Listed<>(List.of(), nowhere, query.whole(problem.field()), status, problem);
    }
}
