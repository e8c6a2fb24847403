package dev.breakwater.console.governance;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Listed;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Query;
import dev.breakwater.console.page.Recurrence;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.Registers;
import dev.breakwater.registry.RetentionPolicies;
import dev.breakwater.registry.TagPattern;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{name}/retention}: what a project keeps of its artifacts, and when all others go. */
public final class RetentionPages {

    private final Templates templates;
    private final Registers registry;

    /** Shows and changes what the registry knows. */
    public RetentionPages(Templates templates, Registers registry) {
        this.templates = templates;
        this.registry = registry;
    }

    /**
     * The rules, when they are carried out, and the runs there were.
     *
     * @param head of the page
     * @param policy what is kept
     * @param recurrence when it is carried out, as it was filled in
     * @param runs of this page
     * @param problem what was wrong; null at first
     */
    public record Model(
            ProjectHead head,
            RetentionPolicies.Policy policy,
            Recurrence recurrence,
            Listed<RetentionPolicies.Run> runs,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** Whether any rule is in force. */
        public boolean inForce() {
            return policy.rules().stream().anyMatch(rule -> !rule.disabled());
        }
    }

    /** {@code GET}. */
    public Answer show(Visit visit) {
        return page(visit, 200, null, null);
    }

    private Answer page(Visit visit, int status, @Nullable Recurrence filled, @Nullable Problem problem) {
        ProjectHead head = head(visit);
        Query query = Query.of(visit, head.to(ProjectTab.RETENTION.path()));
        RetentionPolicies.Policy policy = policy(visit);
        Listed<RetentionPolicies.Run> runs = Listed.of(
                query,
                () -> retention()
                        .runs(visit.call().principal(), visit.organization().id(), head.name(), query.after()));
        return templates.answer(
                problem == null ? runs.status() : status,
                "governance/retention.jte",
                new Model(head, policy, filled == null ? Recurrence.of(policy.cron()) : filled, runs, problem));
    }

    private ProjectHead head(Visit visit) {
        return ProjectHead.of(visit, registry.projects(), ProjectTab.RETENTION);
    }

    private RetentionPolicies retention() {
        return registry.retention();
    }

    private RetentionPolicies.Policy policy(Visit visit) {
        return retention().find(visit.call().principal(), visit.organization().id(), project(visit));
    }

    private static String project(Visit visit) {
        return visit.call().pathParameter("name");
    }

    /**
     * The form of a rule.
     *
     * @param head of the page
     * @param rule that is changed; empty for a new one
     * @param templates of what it can keep
     * @param filled what was filled in
     * @param problem what was wrong; null at first
     */
    public record RuleModel(
            ProjectHead head,
            String rule,
            List<RetentionPolicies.Template> templates,
            RetentionPolicies.Draft filled,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** Where the form is sent. */
        public String action() {
            return head.action(ProjectTab.RETENTION.path() + "/rules" + (rule.isEmpty() ? "" : "/" + rule));
        }
    }

    /** {@code GET /rules/new}. */
    public Answer create(Visit visit) {
        ProjectHead head = head(visit);
        requireChange(policy(visit));
        return form(
                head,
                200,
                "",
                new RetentionPolicies.Draft(retention().templates().getFirst().code(), "10", TagPattern.ALL),
                null);
    }

    private static void requireChange(RetentionPolicies.Policy policy) {
        if (!policy.mayChange()) {
            throw new Failure.Forbidden("Missing permission: tag-retention:update.");
        }
    }

    private Answer form(
            ProjectHead head, int status, String rule, RetentionPolicies.Draft filled, @Nullable Problem problem) {
        return templates.answer(
                status,
                "governance/retention-rule.jte",
                new RuleModel(head, rule, retention().templates(), filled, problem));
    }

    private static RetentionPolicies.Draft draft(Visit visit) {
        Form form = Form.of(visit);
        return new RetentionPolicies.Draft(form.text("template"), form.text("amount"), PatternForm.of(form));
    }

    /** {@code POST /rules}. */
    public Answer add(Visit visit) {
        RetentionPolicies.Draft filled = draft(visit);
        try {
            retention().add(visit.call(), visit.organization().id(), project(visit), filled);
        } catch (Failure.Invalid wrong) {
            return form(head(visit), 400, "", filled, Problem.of(wrong));
        }
        return back(visit, Notice.RETENTION_SAVED);
    }

    private static Answer back(Visit visit, Notice notice) {
        return visit.redirect(ProjectHead.path(project(visit)) + ProjectTab.RETENTION.path(), notice);
    }

    /** {@code GET /rules/{rule}}. */
    public Answer edit(Visit visit) {
        ProjectHead head = head(visit);
        RetentionPolicies.Policy policy = policy(visit);
        requireChange(policy);
        String key = visit.call().pathParameter("rule");
        RetentionPolicies.Rule rule = policy.rules().stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound("This rule is not there any more, or has changed."));
        TagPattern pattern = rule.pattern()
                .orElseThrow(() ->
                        new Failure.Conflict("This rule has several patterns. Change it by the API, or remove it."));
        return form(
                head,
                200,
                key,
                new RetentionPolicies.Draft(rule.template(), Integer.toString(rule.amount()), pattern),
                null);
    }

    /** {@code POST /rules/{rule}}. */
    public Answer save(Visit visit) {
        RetentionPolicies.Draft filled = draft(visit);
        String rule = visit.call().pathParameter("rule");
        try {
            retention().change(visit.call(), visit.organization().id(), project(visit), rule, filled);
        } catch (Failure.Invalid wrong) {
            return form(head(visit), 400, rule, filled, Problem.of(wrong));
        }
        return back(visit, Notice.RETENTION_SAVED);
    }

    /** {@code POST /rules/{rule}/status}. */
    public Answer changeStatus(Visit visit) {
        boolean disabled = Form.of(visit).text("status").equals("disabled");
        retention()
                .setDisabled(
                        visit.call(),
                        visit.organization().id(),
                        project(visit),
                        visit.call().pathParameter("rule"),
                        disabled);
        return back(visit, disabled ? Notice.RETENTION_RULE_DISABLED : Notice.RETENTION_RULE_ENABLED);
    }

    /** {@code POST /rules/{rule}/remove}. */
    public Answer remove(Visit visit) {
        retention()
                .remove(
                        visit.call(),
                        visit.organization().id(),
                        project(visit),
                        visit.call().pathParameter("rule"));
        return back(visit, Notice.RETENTION_RULE_REMOVED);
    }

    /** {@code POST /schedule}. */
    public Answer schedule(Visit visit) {
        Recurrence filled = Recurrence.of(Form.of(visit));
        try {
            retention().schedule(visit.call(), visit.organization().id(), project(visit), filled.times());
        } catch (Failure.Invalid wrong) {
            return page(visit, 400, filled, Problem.of(wrong));
        }
        return back(visit, Notice.RETENTION_SAVED);
    }

    /** {@code POST /runs}: carries it out, or tells what that would do. */
    public Answer run(Visit visit) {
        boolean dryRun = !Form.of(visit).text("kind").equals("real");
        try {
            long run = retention().run(visit.call(), visit.organization().id(), project(visit), dryRun);
            return visit.redirect(ProjectHead.path(project(visit)) + ProjectTab.RETENTION.path() + "/runs/" + run);
        } catch (Failure.Invalid nothing) {
            return page(visit, 400, null, Problem.of(nothing));
        }
    }
}
