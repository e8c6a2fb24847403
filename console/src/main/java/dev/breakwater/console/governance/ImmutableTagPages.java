package dev.breakwater.console.governance;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Numbered;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.ImmutableTagRules;
import dev.breakwater.registry.Registers;
import dev.breakwater.registry.TagPattern;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{name}/immutable}: which tags can neither be moved nor removed. */
public final class ImmutableTagPages {

    private static final String CHECK = "check";

    private final Templates templates;
    private final Registers registry;

    /** Shows and changes what the registry knows. */
    public ImmutableTagPages(Templates templates, Registers registry) {
        this.templates = templates;
        this.registry = registry;
    }

    /**
     * The list, with the form to add a rule.
     *
     * @param head of the page
     * @param listing the rules, and what the visitor may do with them
     * @param filled what was filled in
     * @param matches the tags that this means, when somebody asked for them
     * @param problem what was wrong; null at first
     */
    public record ListModel(
            ProjectHead head,
            ImmutableTagRules.Listing listing,
            TagPattern filled,
            Optional<TagPattern.Matches> matches,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }
    }

    /** {@code GET}. */
    public Answer list(Visit visit) {
        return list(visit, 200, new TagPattern(TagPattern.EVERYTHING, false, "", false, false), Optional.empty(), null);
    }

    private Answer list(
            Visit visit,
            int status,
            TagPattern filled,
            Optional<TagPattern.Matches> matches,
            @Nullable Problem problem) {
        ProjectHead head = head(visit);
        return templates.answer(
                status, "governance/immutable-tags.jte", new ListModel(head, listing(visit), filled, matches, problem));
    }

    private ProjectHead head(Visit visit) {
        return ProjectHead.of(visit, registry.projects(), ProjectTab.IMMUTABLE);
    }

    private static String project(Visit visit) {
        return visit.call().pathParameter("name");
    }

    private ImmutableTagRules.Listing listing(Visit visit) {
        return rules().list(visit.call().principal(), visit.organization().id(), project(visit));
    }

    private ImmutableTagRules rules() {
        return registry.immutableTags();
    }

    private TagPattern.Matches matches(Visit visit, TagPattern pattern) {
        return rules().matches(visit.call().principal(), visit.organization().id(), project(visit), pattern);
    }

    /** {@code POST}: a new rule, or which tags it would mean. */
    public Answer add(Visit visit) {
        Form form = Form.of(visit);
        TagPattern filled = PatternForm.of(form);
        try {
            if (!form.text(CHECK).isEmpty()) {
                return list(visit, 200, filled, Optional.of(matches(visit, filled)), null);
            }
            rules().add(visit.call(), visit.organization().id(), project(visit), filled);
        } catch (Failure.Invalid wrong) {
            return list(visit, 400, filled, Optional.empty(), Problem.of(wrong));
        }
        return back(visit, Notice.IMMUTABLE_RULE_SAVED);
    }

    private static Answer back(Visit visit, Notice notice) {
        return visit.redirect(ProjectHead.path(project(visit)) + ProjectTab.IMMUTABLE.path(), notice);
    }

    /**
     * One rule.
     *
     * @param head of the page
     * @param listing what the visitor may do with rules
     * @param rule itself
     * @param filled what was filled in; empty when only the API can change it
     * @param matches the tags that this means
     * @param problem what was wrong; null at first
     */
    public record RuleModel(
            ProjectHead head,
            ImmutableTagRules.Listing listing,
            ImmutableTagRules.Entry rule,
            Optional<TagPattern> filled,
            Optional<TagPattern.Matches> matches,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }
    }

    /** {@code GET /{rule}}. */
    public Answer show(Visit visit) {
        ProjectHead head = head(visit);
        long id = Numbered.of(visit, "rule");
        TagPattern.Matches matches =
                rules().matches(visit.call().principal(), visit.organization().id(), head.name(), id);
        ImmutableTagRules.Listing listing = listing(visit);
        ImmutableTagRules.Entry rule = rule(listing, id);
        return show(200, new RuleModel(head, listing, rule, rule.pattern(), Optional.of(matches), null));
    }

    private static ImmutableTagRules.Entry rule(ImmutableTagRules.Listing listing, long id) {
        return listing.rules().stream()
                .filter(each -> each.id() == id)
                .findFirst()
                .orElseThrow(() -> new Failure.NotFound("There is no such rule any more."));
    }

    private Answer show(int status, RuleModel model) {
        return templates.answer(status, "governance/immutable-rule.jte", model);
    }

    /** {@code POST /{rule}}: another pattern, or which tags it would mean. */
    public Answer save(Visit visit) {
        ProjectHead head = head(visit);
        long id = Numbered.of(visit, "rule");
        ImmutableTagRules.Listing listing = listing(visit);
        ImmutableTagRules.Entry rule = rule(listing, id);
        Form form = Form.of(visit);
        TagPattern filled = PatternForm.of(form);
        try {
            if (!form.text(CHECK).isEmpty()) {
                TagPattern.Matches matches = matches(visit, filled);
                return show(200, new RuleModel(head, listing, rule, Optional.of(filled), Optional.of(matches), null));
            }
            rules().change(visit.call(), visit.organization().id(), head.name(), id, filled);
        } catch (Failure.Invalid wrong) {
            return show(
                    400, new RuleModel(head, listing, rule, Optional.of(filled), Optional.empty(), Problem.of(wrong)));
        }
        return back(visit, Notice.IMMUTABLE_RULE_SAVED);
    }

    /** {@code POST /{rule}/status}. */
    public Answer changeStatus(Visit visit) {
        boolean disabled = Form.of(visit).text("status").equals("disabled");
        rules().setDisabled(
                        visit.call(), visit.organization().id(), project(visit), Numbered.of(visit, "rule"), disabled);
        return back(visit, disabled ? Notice.IMMUTABLE_RULE_DISABLED : Notice.IMMUTABLE_RULE_ENABLED);
    }

    /** {@code POST /{rule}/delete}. */
    public Answer delete(Visit visit) {
        rules().delete(visit.call(), visit.organization().id(), project(visit), Numbered.of(visit, "rule"));
        return back(visit, Notice.IMMUTABLE_RULE_DELETED);
    }
}
