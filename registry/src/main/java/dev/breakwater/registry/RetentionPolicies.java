package dev.breakwater.registry;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.identity.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * What projects keep of their artifacts, for people: rules, times, and what carrying them out did or would do
 * (registry.md 3.3, 3.4). Projects are looked for in one organization only. Changes are audited.
 */
public interface RetentionPolicies {

    /**
     * What a rule can keep.
     *
     * @param code how the API and forms name it
     * @param text for people, with {@code #} in the place of its number
     * @param counts whether its number counts artifacts rather than days
     * @param numbered whether it has a number
     */
    record Template(String code, String text, boolean counts, boolean numbered) {}

    /**
     * A rule.
     *
     * @param key names it in addresses; it changes with the rule and its place
     * @param number its place among the rules, from 1
     * @param disabled whether it is out of force
     * @param template what it keeps, by its code
     * @param amount how many artifacts or days; 0 for a template without
     * @param pattern of what; empty when it has more patterns than one of a kind, which only the API can change
     * @param words all of that, in words
     */
    record Rule(
            String key,
            int number,
            boolean disabled,
            String template,
            int amount,
            Optional<TagPattern> pattern,
            String words) {}

    /**
     * A rule as somebody wants it.
     *
     * @param template by its code
     * @param amount as it was typed
     * @param pattern of what
     */
    record Draft(String template, String amount, TagPattern pattern) {}

    /**
     * What a project keeps.
     *
     * @param exists whether it has a policy at all
     * @param rules in their order; an artifact is kept when any of them keeps it
     * @param full whether no further rule fits in
     * @param cron when it is carried out; empty for only when somebody asks
     * @param nextAt when the next time is
     * @param mayChange whether the caller may change rules and times
     * @param mayRun whether the caller may have it carried out
     */
    record Policy(
            boolean exists,
            List<Rule> rules,
            boolean full,
            String cron,
            Optional<Instant> nextAt,
            boolean mayChange,
            boolean mayRun) {

        /** An immutable copy. */
        public Policy {
            rules = List.copyOf(rules);
        }
    }

    /**
     * A policy carried out once.
     *
     * @param id its number
     * @param dryRun whether it removed nothing
     * @param scheduled whether it was due rather than asked for
     * @param status {@code running}, {@code succeeded}, {@code failed} or {@code stopped}
     * @param startedAt when it was asked for
     * @param endedAt when it ended
     * @param repositories how many repositories it looks at
     * @param done how many of them it has looked at
     * @param total how many artifacts it has decided about
     * @param retained how many of them stay
     */
    record Run(
            long id,
            boolean dryRun,
            boolean scheduled,
            String status,
            Instant startedAt,
            Optional<Instant> endedAt,
            long repositories,
            long done,
            long total,
            long retained) {

        /** Whether it has ended. */
        public boolean ended() {
            return endedAt.isPresent();
        }

        /** How many artifacts go, or would. */
        public long removed() {
            return total - retained;
        }

        /** How much is done, from 0 to 100. */
        public long percent() {
            return ended() || repositories == 0 ? 100 : 100 * done / repositories;
        }
    }

    /**
     * What was decided about an artifact.
     *
     * @param repository its whole name
     * @param digest of its manifest
     * @param tags on it; may be empty
     * @param kept whether it stays
     * @param reason why, in words
     */
    record Decision(String repository, String digest, List<String> tags, boolean kept, String reason) {

        /** An immutable copy. */
        public Decision {
            tags = List.copyOf(tags);
        }
    }

    /** What rules can keep. */
    List<Template> templates();

    /**
     * What a project keeps.
     *
     * @throws Failure.NotFound when there is no such project for this caller
     * @throws Failure.Forbidden when the caller may not see it
     */
    Policy find(Principal caller, UUID organization, String project);

    /**
     * Adds a rule, and with the first one the policy.
     *
     * @throws Failure.Invalid naming the field that is wrong: {@code template}, {@code amount}, {@code repositories} or
     *     {@code tags}
     */
    void add(Call call, UUID organization, String project, Draft draft);

    /**
     * Puts a rule in the place of another.
     *
     * @throws Failure.Invalid naming the field that is wrong
     * @throws Failure.Conflict when the rules have changed since
     */
    void change(Call call, UUID organization, String project, String rule, Draft draft);

    /**
     * Puts a rule into or out of force.
     *
     * @throws Failure.Conflict when the rules have changed since
     */
    void setDisabled(Call call, UUID organization, String project, String rule, boolean disabled);

    /**
     * Removes a rule.
     *
     * @throws Failure.Conflict when the rules have changed since
     */
    void remove(Call call, UUID organization, String project, String rule);

    /**
     * Sets when the policy is carried out.
     *
     * @param cron six fields, seconds first; empty for only when somebody asks
     * @throws Failure.Invalid naming the field {@code cron} when it is wrong
     */
    void schedule(Call call, UUID organization, String project, String cron);

    /**
     * Has the policy carried out, and gives the number of the run.
     *
     * @param dryRun whether nothing is to be removed
     * @throws Failure.Invalid when there is no rule in force
     */
    long run(Call call, UUID organization, String project, boolean dryRun);

    /** Asks a run to end soon. */
    void stop(Call call, UUID organization, String project, long run);

    /** The runs, newest first. */
    Page<Run> runs(Principal caller, UUID organization, String project, PageAfter page);

    /**
     * One run.
     *
     * @throws Failure.NotFound when there is no such run
     */
    Run find(Principal caller, UUID organization, String project, long run);

    /**
     * What a run decided, in its order.
     *
     * @param kept only about what stays, or only about what goes; empty for both
     */
    Page<Decision> decisions(
            Principal caller, UUID organization, String project, long run, Optional<Boolean> kept, PageAfter page);
}
