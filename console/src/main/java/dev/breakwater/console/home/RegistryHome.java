package dev.breakwater.console.home;

import dev.breakwater.console.page.Visit;
import dev.breakwater.console.repository.PushCommands;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.ProjectRegister;
import dev.breakwater.registry.Registers;
import dev.breakwater.registry.RegistryActivity;
import dev.breakwater.registry.RepositoryRegister;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** What the first page tells of the registry. */
public final class RegistryHome {

    private static final int HOURS = 24;
    /** Among so many projects one is looked for into which a newcomer may push. */
    private static final int MOST_PROJECTS = 10;

    private static final String EXAMPLE = "/alpine";

    private final Registers registry;

    /** Tells what the registry knows. */
    public RegistryHome(Registers registry) {
        this.registry = registry;
    }

    /**
     * The part of the page.
     *
     * @param totals what is stored
     * @param pushes of the last day, by hour
     * @param pulls of the last day, by hour
     * @param firstPush for a newcomer; null for everybody else
     */
    public record View(
            RegistryActivity.Totals totals,
            Chart pushes,
            Chart pulls,
            @Nullable FirstPush firstPush) {}

    /**
     * How a newcomer pushes the first image.
     *
     * @param project into which; empty while there is none
     * @param mayCreate whether the visitor may make a project
     * @param commands to do it with
     */
    public record FirstPush(Optional<String> project, boolean mayCreate, PushCommands commands) {}

    View of(Visit visit) {
        Principal caller = visit.call().principal();
        UUID organization = visit.organization().id();
        RegistryActivity.Totals totals = registry.activity().totals(caller, organization);
        List<RegistryActivity.Hour> day = registry.activity().latest(caller, organization, HOURS);
        return new View(
                totals,
                Chart.of(day, new Chart.Series<>("bar", RegistryActivity.Hour::pushes)),
                Chart.of(day, new Chart.Series<>("bar", RegistryActivity.Hour::pulls)),
                totals.artifacts() == 0 ? firstPush(visit) : null);
    }

    /** Whoever could push, and sees nothing that was pushed, is shown how. */
    private @Nullable FirstPush firstPush(Visit visit) {
        Principal caller = visit.call().principal();
        UUID organization = visit.organization().id();
        Optional<String> project = registry
                .projects()
                .list(caller, organization, Optional.empty(), new PageAfter(Optional.empty(), MOST_PROJECTS))
                .items()
                .stream()
                .map(ProjectRegister.Entry::name)
                .filter(name ->
                        registry.projects().find(caller, organization, name).may(RepositoryRegister.PUSH))
                .findFirst();
        boolean mayCreate = registry.projects().mayCreate(caller, organization);
        return project.isPresent() || mayCreate
                ? new FirstPush(project, mayCreate, PushCommands.of(visit, project.orElse("my-project") + EXAMPLE))
                : null;
    }
}
