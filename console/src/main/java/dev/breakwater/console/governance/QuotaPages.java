package dev.breakwater.console.governance;

import dev.breakwater.console.page.Form;
import dev.breakwater.console.page.Frame;
import dev.breakwater.console.page.Notice;
import dev.breakwater.console.page.Problem;
import dev.breakwater.console.page.Templates;
import dev.breakwater.console.page.Visit;
import dev.breakwater.console.project.ProjectHead;
import dev.breakwater.console.project.ProjectTab;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.registry.ProjectQuotas;
import dev.breakwater.registry.Registers;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** {@code /projects/{name}/quota}: how much a project stores, and how much it may. */
public final class QuotaPages {

    private static final List<String> UNITS = List.of("MiB", "GiB", "TiB");
    private static final BigDecimal MIB = BigDecimal.valueOf(1L << 20);
    private static final BigDecimal STEP = BigDecimal.valueOf(1_024);

    private final Templates templates;
    private final Registers registry;

    /** Shows and changes what the registry knows. */
    public QuotaPages(Templates templates, Registers registry) {
        this.templates = templates;
        this.registry = registry;
    }

    /**
     * The use and the limit.
     *
     * @param head of the page
     * @param usage what is used
     * @param units to choose from
     * @param filled what was filled in
     * @param problem what was wrong; null at first
     */
    public record Model(
            ProjectHead head,
            ProjectQuotas.Usage usage,
            List<String> units,
            Filled filled,
            @Nullable Problem problem) {

        /** The frame around it. */
        public Frame frame() {
            return head.frame();
        }

        /** How near the limit is: {@code full}, {@code near} or nothing. */
        public String nearness() {
            if (usage.percent() >= 100) {
                return "full";
            }
            return usage.percent() >= 85 ? "near" : "";
        }
    }

    /**
     * What was filled in.
     *
     * @param limited whether there is a limit
     * @param amount as it was typed
     * @param unit of it
     */
    public record Filled(boolean limited, String amount, String unit) {

        static Filled of(OptionalLong limit) {
            if (limit.isEmpty()) {
                return new Filled(false, "", "GiB");
            }
            BigDecimal amount = BigDecimal.valueOf(limit.getAsLong()).divide(MIB);
            int unit = 0;
            while (unit < UNITS.size() - 1 && amount.compareTo(STEP) >= 0) {
                amount = amount.divide(STEP);
                unit++;
            }
            return new Filled(true, amount.stripTrailingZeros().toPlainString(), UNITS.get(unit));
        }

        /** In bytes; empty for no limit. */
        OptionalLong bytes() {
            if (!limited) {
                return OptionalLong.empty();
            }
            if (!amount.matches("[0-9]{1,12}([.][0-9]{1,20})?") || !UNITS.contains(unit)) {
                throw new Failure.Invalid("limit", "Write a number, as 20 or 1.5.");
            }
            BigDecimal bytes = new BigDecimal(amount)
                    .multiply(MIB)
                    .multiply(STEP.pow(UNITS.indexOf(unit)))
                    .setScale(0, RoundingMode.HALF_UP);
            return OptionalLong.of(bytes.min(BigDecimal.valueOf(Long.MAX_VALUE)).longValueExact());
        }
    }

    /** {@code GET}. */
    public Answer show(Visit visit) {
        return page(visit, 200, null, null);
    }

    private Answer page(Visit visit, int status, @Nullable Filled filled, @Nullable Problem problem) {
        ProjectHead head = ProjectHead.of(visit, registry.projects(), ProjectTab.QUOTA);
        ProjectQuotas.Usage usage = registry.quotas()
                .find(visit.call().principal(), visit.organization().id(), head.name());
        return templates.answer(
                status,
                "governance/quota.jte",
                new Model(head, usage, UNITS, filled == null ? Filled.of(usage.limit()) : filled, problem));
    }

    /** {@code POST}. */
    public Answer save(Visit visit) {
        Form form = Form.of(visit);
        Filled filled = new Filled(form.text("limited").equals("yes"), form.text("amount"), form.text("unit"));
        String project = visit.call().pathParameter("name");
        try {
            registry.quotas().set(visit.call(), visit.organization().id(), project, filled.bytes());
        } catch (Failure.Invalid wrong) {
            return page(visit, 400, filled, Problem.of(wrong));
        }
        return visit.redirect(ProjectHead.path(project) + ProjectTab.QUOTA.path(), Notice.QUOTA_SAVED);
    }
}
