package dev.breakwater.console.home;

import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Section;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.page.Workspaces;
import dev.breakwater.events.DeliveryLog;
import dev.breakwater.events.EventActivity;
import dev.breakwater.events.EventLog;
import dev.breakwater.events.WebhookRegister;
import dev.breakwater.events.WorkspaceRegister;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.KeyRegister;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /}: how things stand in an organization, and what to do next. */
public final class HomePage {

    private static final int MINUTES = 60;
    private static final int HOURS = 24;
    private static final int MOST_TROUBLES = 6;
    private static final DeliveryLog.Filter DELIVERED =
            new DeliveryLog.Filter(Optional.empty(), Optional.empty(), Optional.of("delivered"));

    private final Templates templates;
    private final Workspaces workspaces;
    private final Sources sources;

    /** What the page is made from. */
    public record Sources(
            EventActivity activity,
            EventLog events,
            WebhookRegister webhooks,
            DeliveryLog deliveries,
            KeyRegister keys,
            RegistryHome registry,
            TimeSource time) {}

    /** Shows what these know. */
    public HomePage(Templates templates, Workspaces workspaces, Sources sources) {
        this.templates = templates;
        this.workspaces = workspaces;
        this.sources = sources;
    }

    /**
     * The page.
     *
     * @param frame around it
     * @param workspaces of the organization
     * @param pulse how much happens; null for a visitor who may not know
     * @param registry what is stored and how it is used
     * @param troubles the newest deliveries that do not go well
     * @param firstSteps for a newcomer; null for everybody else
     */
    public record Model(
            Frame frame,
            List<WorkspaceRegister.Entry> workspaces,
            @Nullable Pulse pulse,
            RegistryHome.View registry,
            List<DeliveryLog.Entry> troubles,
            @Nullable FirstSteps firstSteps) {}

    /**
     * How much happens.
     *
     * @param events of the last hour, by minute
     * @param attempts of the last hour, by minute
     * @param failed how many of those did not succeed
     * @param eventsOfDay how many events the last 24 hours had
     * @param attemptsOfDay how many attempts
     * @param failedOfDay how many of those did not succeed
     */
    public record Pulse(
            Chart events, Chart attempts, long failed, long eventsOfDay, long attemptsOfDay, long failedOfDay) {}

    /** {@code GET /}. */
    public Answer show(Visit visit) {
        List<WorkspaceRegister.Entry> all = workspaces.all(visit);
        return templates.answer(
                200,
                "home/home.jte",
                new Model(
                        visit.frame("Home", Section.HOME),
                        all,
                        visit.may(EventLog.VIEW) ? pulse(visit) : null,
                        sources.registry().of(visit),
                        visit.may(DeliveryLog.VIEW)
                                ? sources.deliveries()
                                        .inTrouble(
                                                visit.call().principal(),
                                                visit.organization().id(),
                                                MOST_TROUBLES)
                                : List.of(),
                        firstSteps(visit, all)));
    }

    private Pulse pulse(Visit visit) {
        List<EventActivity.Span> hour = latest(visit, Duration.ofMinutes(1), MINUTES);
        List<EventActivity.Span> day = latest(visit, Duration.ofHours(1), HOURS);
        return new Pulse(
                Chart.of(hour, new Chart.Series<>("bar", EventActivity.Span::events)),
                Chart.of(
                        hour,
                        new Chart.Series<>("failed", EventActivity.Span::failed),
                        new Chart.Series<>("bar", EventActivity.Span::delivered)),
                hour.stream().mapToLong(EventActivity.Span::failed).sum(),
                day.stream().mapToLong(EventActivity.Span::events).sum(),
                day.stream().mapToLong(each -> each.delivered() + each.failed()).sum(),
                day.stream().mapToLong(EventActivity.Span::failed).sum());
    }

    private List<EventActivity.Span> latest(Visit visit, Duration length, int count) {
        return sources.activity()
                .latest(visit.call().principal(), visit.organization().id(), length, count);
    }

    /** Whoever could begin and has not got anything delivered yet is shown how. */
    private @Nullable FirstSteps firstSteps(Visit visit, List<WorkspaceRegister.Entry> all) {
        Optional<WorkspaceRegister.Entry> sandbox = all.stream()
                .filter(each -> each.active() && each.environment() == Environment.SANDBOX)
                .findFirst();
        boolean may = visit.may(KeyRegister.EDIT)
                && visit.may(EventLog.VIEW)
                && visit.may(WebhookRegister.VIEW)
                && visit.may(DeliveryLog.VIEW);
        if (sandbox.isEmpty() || !may) {
            return null;
        }
        Principal caller = visit.call().principal();
        String workspace = sandbox.get().id();
        boolean delivered = !sources.deliveries()
                .list(caller, workspace, DELIVERED, one(DeliveryLog.PREFIX))
                .items()
                .isEmpty();
        if (delivered) {
            return null;
        }
        return new FirstSteps(
                sandbox.get(),
                visit.host(),
                sources
                        .keys()
                        .list(caller, visit.organization().id(), new PageRequest(KeyRegister.PREFIX, MINUTES, null))
                        .items()
                        .stream()
                        .anyMatch(key -> key.environment() == Environment.SANDBOX
                                && key.worksAt(sources.time().instant())),
                !sources.webhooks()
                        .list(caller, workspace, one(WebhookRegister.PREFIX))
                        .items()
                        .isEmpty(),
                !sources.events()
                        .list(
                                caller,
                                workspace,
                                new EventLog.Filter(List.of(), Optional.empty(), Optional.empty()),
                                one(EventLog.PREFIX))
                        .items()
                        .isEmpty());
    }

    private static PageRequest one(String prefix) {
        return new PageRequest(prefix, 1, null);
    }
}
