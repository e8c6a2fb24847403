package dev.breakwater.console.governance;

import dev.breakwater.console.live.LiveStreams;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Numbered;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.Registers;
import dev.breakwater.registry.RetentionPolicies;
import java.util.List;
import java.util.Optional;

/** {@code /projects/{name}/retention/runs/{run}}: what carrying out a policy did, or would do, artifact by artifact. */
public final class RetentionRunPages {

    private static final String GOING = "removed";
    private static final String STAYING = "kept";
    private static final int BRIEF = 23;

    private final Templates templates;
    private final Registers registry;
    private final LiveStreams live;

    /** Shows and ends what the registry does. */
    public RetentionRunPages(Templates templates, Registers registry, LiveStreams live) {
        this.templates = templates;
        this.registry = registry;
        this.live = live;
    }

    /**
     * A run.
     *
     * @param head of the page
     * @param run itself
     * @param show which decisions are shown: {@code removed}, {@code kept} or all
     * @param decisions of this page
     * @param mayRun whether the visitor may stop it and have the policy carried out
     * @param address of this page, for its live part
     * @param liveAddress where its progress is told; empty when it has ended
     */
    public record Model(
            ProjectHead head,
            RetentionPolicies.Run run,
            String show,
            Listed<RetentionPolicies.Decision> decisions,
            boolean mayRun,
            String address,
            Optional<String> liveAddress) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** Where this run is. */
        public String path() {
            return ProjectTab.RETENTION.path() + "/runs/" + run.id();
        }

        /** What the headline says. */
        public String title() {
            return (run.dryRun() ? "Dry run " : "Run ") + run.id();
        }

        /** As much of a digest as people compare. */
        public String brief(RetentionPolicies.Decision decision) {
            String digest = decision.digest();
            return digest.length() <= BRIEF ? digest : digest.substring(0, BRIEF) + "…";
        }

        /** What was decided, in a word. */
        public String verdict(RetentionPolicies.Decision decision) {
            if (decision.kept()) {
                return STAYING;
            }
            return run.dryRun() ? "would go" : GOING;
        }
    }

    /** {@code GET}. */
    public Answer show(Visit visit) {
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.RETENTION);
        Query query = Query.of(visit);
        RetentionPolicies.Run run = run(visit);
        String show = query.shown("show");
        Listed<RetentionPolicies.Decision> listed = Listed.of(
                query,
                () -> registry.retention()
                        .decisions(
                                visit.call().principal(),
                                visit.organization().id(),
                                head.name(),
                                run.id(),
                                kept(query),
                                query.after()));
        String path = head.to(ProjectTab.RETENTION.path() + "/runs/" + run.id() + "/live");
        return templates.answer(
                listed.status(),
                "governance/retention-run.jte",
                new Model(
                        head,
                        run,
                        show,
                        listed,
                        head.may("tag-retention:operate"),
                        query.from(query.optional("starting_after")),
                        run.ended() ? Optional.empty() : Optional.of(path)));
    }

    private static Optional<Boolean> kept(Query query) {
        return query.choice("show", List.of(GOING, STAYING)).map(STAYING::equals);
    }

    private RetentionPolicies.Run run(Visit visit) {
        return registry.retention()
                .find(
                        visit.call().principal(),
                        visit.organization().id(),
                        visit.call().pathParameter("name"),
                        Numbered.of(visit, "run"));
    }

    /** {@code GET /live}: tells when it has gone on. */
    public Answer follow(Visit visit) {
        run(visit);
        return live.follow(visit, () -> run(visit));
    }

    /** {@code POST /stop}. */
    public Answer stop(Visit visit) {
        String project = visit.call().pathParameter("name");
        long run = Numbered.of(visit, "run");
        registry.retention().stop(visit.call(), visit.organization().id(), project, run);
        return visit.redirect(
                ProjectHead.path(project) + ProjectTab.RETENTION.path() + "/runs/" + run, Notice.RUN_STOPPING);
    }
}
