package dev.breakwater.console.page;

import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.events.WorkspaceRegister.Entry;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.identity.Environment;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The workspaces of the organization that is looked at, and which of them a page is about. */
public final class Workspaces {

    /** The parameter that names the workspace. */
    static final String FIELD = "workspace";

    private static final int LONGEST_SHOWN = 64;

    private final WorkspaceRegister register;

    /** Asks this register. */
    public Workspaces(WorkspaceRegister register) {
        this.register = register;
    }

    /**
     * The workspaces to choose from.
     *
     * @param all of the organization: the active ones first, those of the sandbox before the live ones, newest first
     * @param chosen the one that the page is about; empty when there is none at all, or another was named
     * @param problem what was wrong with the one that was named; null when nothing is
     */
    public record Choice(
            List<Entry> all,
            Optional<Entry> chosen,
            @Nullable Problem problem) {

        /** The id of the chosen one. */
        public String id() {
            return chosen.map(Entry::id).orElse("");
        }
    }

    /** All of them; empty for a visitor who may not see them. */
    public List<Entry> all(Visit visit) {
        return visit.may(WorkspaceRegister.VIEW)
                ? register.all(visit.call().principal(), visit.organization().id()).stream()
                        .sorted(Comparator.comparing((Entry each) -> !each.active())
                                .thenComparing(each -> each.environment() != Environment.SANDBOX))
                        .toList()
                : List.of();
    }

    /**
     * The workspace that an address names, else the first.
     *
     * @throws Failure.NotFound when it names one that is not of this organization
     */
    public Choice choose(Visit visit, Optional<String> named) {
        Choice choice = offer(visit, named);
        if (choice.problem() != null) {
            throw new Failure.NotFound(choice.problem().text());
        }
        return choice;
    }

    /** The workspace that the address of a list names, else the first; one that is not there is a problem of its form. */
    public Choice offer(Visit visit, Optional<String> named) {
        List<Entry> all = all(visit);
        if (named.isEmpty()) {
            return new Choice(all, all.stream().findFirst(), null);
        }
        Optional<Entry> chosen =
                all.stream().filter(each -> each.id().equals(named.get())).findFirst();
        return new Choice(all, chosen, chosen.isPresent() ? null : new Problem(FIELD, unknown(named.get())));
    }

    /**
     * The workspace of something that was found by its id.
     *
     * @throws Failure.NotFound when it is not of the organization that is looked at
     */
    public Entry holding(Visit visit, String workspaceId, String id) {
        return all(visit).stream()
                .filter(each -> each.id().equals(workspaceId))
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound("Nothing found with id %s.".formatted(id)));
    }

    private static String unknown(String id) {
        return "No workspace found with id %s. Choose one of this organization."
                .formatted(id.length() > LONGEST_SHOWN ? id.substring(0, LONGEST_SHOWN) + "…" : id);
    }
}
