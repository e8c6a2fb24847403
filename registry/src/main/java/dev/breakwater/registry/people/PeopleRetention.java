package dev.breakwater.registry.people;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.registry.PageAfter;
import dev.breakwater.registry.RetentionPolicies;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.retention.RetentionDecision;
import dev.breakwater.registry.retention.RetentionExecution;
import dev.breakwater.registry.retention.RetentionOutline;
import dev.breakwater.registry.retention.RetentionPolicy;
import dev.breakwater.registry.retention.RetentionRule;
import dev.breakwater.registry.retention.RetentionRuns;
import dev.breakwater.registry.retention.Retentions;
import dev.breakwater.registry.selector.Selection;
import dev.breakwater.tenancy.Audit;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.zip.CRC32;
import org.jdbi.v3.core.Handle;

/** What the projects of an organization keep of their artifacts, as people see and change it. */
public final class PeopleRetention implements RetentionPolicies {

    private final Database database;
    private final Admission admission;
    private final Retentions retentions;
    private final RetentionRuns runs;
    private final Audit audit;

    /** Changes go through {@code retentions} and {@code runs}, as those of the API do. */
    public PeopleRetention(
            Database database, Admission admission, Retentions retentions, RetentionRuns runs, Audit audit) {
        this.database = database;
        this.admission = admission;
        this.retentions = retentions;
        this.runs = runs;
        this.audit = audit;
    }

    @Override
    public List<Template> templates() {
        return Arrays.stream(dev.breakwater.registry.retention.Template.values())
                .map(each -> new Template(each.label(), each.text(), each.unit().equals("COUNT"), each.hasParameter()))
                .toList();
    }

    @Override
    public Policy find(Principal caller, UUID organization, String project) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> {
            Project found = admitted.project(handle, project, Resource.TAG_RETENTION, Action.READ);
            Optional<RetentionPolicy> policy = retentions.ofProject(handle, found);
            List<RetentionRule> rules = policy.map(RetentionPolicy::rules).orElse(List.of());
            List<Rule> shown = new ArrayList<>();
            for (int at = 0; at < rules.size(); at++) {
                shown.add(rule(at, rules.get(at)));
            }
            return new Policy(
                    policy.isPresent(),
                    shown,
                    rules.size() >= RetentionPolicy.MOST_RULES,
                    policy.map(RetentionPolicy::cron).orElse(""),
                    policy.flatMap(each -> retentions.nextAt(handle, each)),
                    admitted.rights().allows(handle, found, Resource.TAG_RETENTION, Action.UPDATE),
                    admitted.rights().allows(handle, found, Resource.TAG_RETENTION, Action.OPERATE));
        });
    }

    private static Rule rule(int at, RetentionRule rule) {
        Selection selection = rule.selection();
        return new Rule(
                key(at, rule),
                at + 1,
                rule.disabled(),
                rule.template().label(),
                rule.number(),
                Patterns.pattern(selection),
                "Keep %s%s in every repository%s"
                        .formatted(rule.words(), Patterns.ofArtifacts(selection), Patterns.ofRepositories(selection)));
    }

    /** The place of a rule with a sum over what it says, so that nobody changes another one than was shown. */
    private static String key(int at, RetentionRule rule) {
        CRC32 sum = new CRC32();
        sum.update(rule.write().toString().getBytes(StandardCharsets.UTF_8));
        return "%d-%08x".formatted(at + 1, sum.getValue());
    }

    @Override
    public void add(Call call, UUID organization, String project, Draft draft) {
        change(call, organization, project, rules -> {
            if (rules.size() >= RetentionPolicy.MOST_RULES) {
                throw new Failure.Invalid(
                        "A project has at most %d rules. Remove one first.".formatted(RetentionPolicy.MOST_RULES));
            }
            int id = 1 + rules.stream().mapToInt(RetentionRule::id).max().orElse(0);
            rules.add(rule(id, rules.size() + 1, false, draft));
        });
    }

    private static RetentionRule rule(int id, int priority, boolean disabled, Draft draft) {
        dev.breakwater.registry.retention.Template template = dev.breakwater.registry.retention.Template.named(
                        draft.template())
                .orElseThrow(() -> new Failure.Invalid("template", "Choose what the rule keeps."));
        int number = template.hasParameter() ? number(draft.amount()) : 0;
        return new RetentionRule(id, priority, disabled, template, number, Patterns.selection(draft.pattern()));
    }

    private static int number(String text) {
        int most = dev.breakwater.registry.retention.Template.MOST;
        if (!text.matches("[0-9]{1,6}") || Integer.parseInt(text) > most) {
            throw new Failure.Invalid("amount", "Write a whole number from 0 to %,d.".formatted(most));
        }
        return Integer.parseInt(text);
    }

    @Override
    public void change(Call call, UUID organization, String project, String rule, Draft draft) {
        change(call, organization, project, rules -> {
            int at = place(rules, rule);
            RetentionRule before = rules.get(at);
            if (Patterns.pattern(before.selection()).isEmpty()) {
                throw new Failure.Conflict("This rule has several patterns. Change it by the API, or remove it.");
            }
            rules.set(at, rule(before.id(), before.priority(), before.disabled(), draft));
        });
    }

    private static int place(List<RetentionRule> rules, String key) {
        for (int at = 0; at < rules.size(); at++) {
            if (key(at, rules.get(at)).equals(key)) {
                return at;
            }
        }
        throw new Failure.Conflict("The rules have changed since the page was loaded. Nothing was changed now.");
    }

    @Override
    public void setDisabled(Call call, UUID organization, String project, String rule, boolean disabled) {
        change(call, organization, project, rules -> {
            int at = place(rules, rule);
            RetentionRule before = rules.get(at);
            rules.set(
                    at,
                    new RetentionRule(
                            before.id(),
                            before.priority(),
                            disabled,
                            before.template(),
                            before.number(),
                            before.selection()));
        });
    }

    @Override
    public void remove(Call call, UUID organization, String project, String rule) {
        change(call, organization, project, rules -> rules.remove(place(rules, rule)));
    }

    private void change(Call call, UUID organization, String project, Consumer<List<RetentionRule>> change) {
        update(call, organization, project, before -> {
            List<RetentionRule> rules = new ArrayList<>(before.rules());
            change.accept(rules);
            return new RetentionPolicy(before.id(), before.projectId(), rules, before.cron());
        });
    }

    /** Makes another policy of one. */
    private interface Change {
        RetentionPolicy of(RetentionPolicy before);
    }

    /** The project is held, so that of two changes at the same time neither is lost. */
    private void update(Call call, UUID organization, String project, Change change) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.TAG_RETENTION, Action.UPDATE);
            ProjectStore.lock(handle, found.id());
            Optional<RetentionPolicy> before = retentions.ofProject(handle, found);
            if (before.isPresent()) {
                retentions.update(handle, change.of(before.get()));
                record(handle, call, found, "updated", before.get().id());
            } else {
                admitted.project(handle, project, Resource.TAG_RETENTION, Action.CREATE);
                long made = retentions.create(handle, change.of(new RetentionPolicy(0, found.id(), List.of(), "")));
                record(handle, call, found, "created", made);
            }
            return true;
        });
    }

    private void record(Handle handle, Call call, Project project, String what, long policy) {
        audit.record(handle, call, project.organizationId(), "registry.retention." + what, Long.toString(policy));
    }

    @Override
    public void schedule(Call call, UUID organization, String project, String cron) {
        Crons.check(cron);
        update(
                call,
                organization,
                project,
                before -> new RetentionPolicy(before.id(), before.projectId(), before.rules(), cron));
    }

    @Override
    public long run(Call call, UUID organization, String project, boolean dryRun) {
        Admission.Admitted admitted = admission.change(call, organization);
        long made = database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.TAG_RETENTION, Action.OPERATE);
            RetentionPolicy policy = retentions
                    .ofProject(handle, found)
                    .filter(each -> each.rules().stream().anyMatch(rule -> !rule.disabled()))
                    .orElseThrow(() -> new Failure.Invalid(
                            "There is no rule in force, so nothing would be removed. Add a rule first."));
            long execution = runs.request(handle, policy, dryRun, RetentionExecution.MANUAL);
            record(handle, call, found, "executed", policy.id());
            return execution;
        });
        runs.begin();
        return made;
    }

    @Override
    public void stop(Call call, UUID organization, String project, long run) {
        Admission.Admitted admitted = admission.change(call, organization);
        database.transact(handle -> {
            Project found = admitted.project(handle, project, Resource.TAG_RETENTION, Action.OPERATE);
            RetentionPolicy policy = retentions.ofProject(handle, found).orElseThrow(PeopleRetention::noRun);
            runs.stop(handle, runs.find(handle, policy.id(), run).orElseThrow(PeopleRetention::noRun));
            record(handle, call, found, "stopped", policy.id());
            return true;
        });
    }

    private static Failure.NotFound noRun() {
        return new Failure.NotFound("There is no such run.");
    }

    @Override
    public Page<Run> runs(Principal caller, UUID organization, String project, PageAfter page) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> {
            Project found = admitted.project(handle, project, Resource.TAG_RETENTION, Action.LIST);
            List<RetentionOutline> outlines = retentions
                    .ofProject(handle, found)
                    .map(policy -> runs.outlines(handle, policy.id(), Cursors.before(page), page.rows()))
                    .orElse(List.of());
            Page<RetentionOutline> cut =
                    page.cut(outlines, last -> Long.toString(last.execution().id()));
            return new Page<>(cut.items().stream().map(PeopleRetention::run).toList(), cut.next());
        });
    }

    private static Run run(RetentionOutline outline) {
        RetentionExecution execution = outline.execution();
        return new Run(
                execution.id(),
                execution.dryRun(),
                !execution.trigger().equals(RetentionExecution.MANUAL),
                switch (execution.status()) {
                    case "Succeed" -> "succeeded";
                    case "Failed" -> "failed";
                    case "Stopped" -> "stopped";
                    default -> "running";
                },
                execution.startedAt(),
                Optional.ofNullable(execution.endedAt()),
                outline.repositories(),
                outline.done(),
                outline.total(),
                outline.retained());
    }

    @Override
    public Run find(Principal caller, UUID organization, String project, long run) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        return database.query(handle -> run(outline(handle, admitted, project, run)));
    }

    private RetentionOutline outline(Handle handle, Admission.Admitted admitted, String project, long run) {
        Project found = admitted.project(handle, project, Resource.TAG_RETENTION, Action.LIST);
        return retentions
                .ofProject(handle, found)
                .flatMap(policy -> runs.outline(handle, policy.id(), run))
                .orElseThrow(PeopleRetention::noRun);
    }

    @Override
    public Page<Decision> decisions(
            Principal caller, UUID organization, String project, long run, Optional<Boolean> kept, PageAfter page) {
        Admission.Admitted admitted = admission.admit(caller, organization);
        Cursors.Pair after = Cursors.pair(page);
        return database.query(handle -> {
            RetentionExecution execution =
                    outline(handle, admitted, project, run).execution();
            Page<RetentionDecision> cut = page.cut(
                    runs.decisions(handle, execution, kept, after.major(), after.minor(), page.rows()),
                    last -> last.task() + "-" + last.position());
            return new Page<>(
                    cut.items().stream()
                            .map(each -> new Decision(
                                    project + "/" + each.repository(),
                                    each.digest(),
                                    each.tags(),
                                    each.kept(),
                                    each.reason()))
                            .toList(),
                    cut.next());
        });
    }
}
