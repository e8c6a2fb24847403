package dev.breakwater.acceptance.coverage;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.TreeSet;

/** Collects what the tests of one run prove, and says it in a few lines. */
final class CoverageReport {

    private final Map<Contract, Outcome> outcomes = new EnumMap<>(Contract.class);

    private record Outcome(NavigableSet<Integer> passed, NavigableSet<Integer> failed) {

        NavigableSet<Integer> proven() {
            NavigableSet<Integer> proven = new TreeSet<>(passed);
            proven.removeAll(failed);
            return proven;
        }
    }

    /** Notes the outcome of a test; fails when the test cites a line that does not exist. */
    synchronized void note(String name, int[] lines, boolean success) {
        Contract contract =
                Contract.named(name).orElseThrow(() -> new IllegalArgumentException("There is no contract " + name));
        Outcome outcome = outcome(contract);
        for (int line : lines) {
            if (line < 1 || line > contract.lines()) {
                throw new IllegalArgumentException(
                        "The checklist of " + contract.label() + " has no line " + line + ".");
            }
            (success ? outcome.passed() : outcome.failed()).add(line);
        }
    }

    /** One paragraph for each contract. */
    synchronized String text() {
        StringBuilder out = new StringBuilder();
        for (Contract contract : Contract.values()) {
            describe(
                    out, contract, outcome(contract).proven(), outcome(contract).failed());
        }
        return out.toString();
    }

    private Outcome outcome(Contract contract) {
        return outcomes.computeIfAbsent(contract, key -> new Outcome(new TreeSet<>(), new TreeSet<>()));
    }

    private static void describe(
            StringBuilder out, Contract contract, NavigableSet<Integer> proven, NavigableSet<Integer> failed) {
        if (contract.due().isEmpty()) {
            out.append("%s %d/%d%n".formatted(contract.label(), proven.size(), contract.lines()));
            return;
        }
        NavigableSet<Integer> missing = new TreeSet<>(contract.due());
        missing.removeAll(proven);
        out.append("%s %d/%d of the lines that are due, %d/%d in all%n"
                .formatted(
                        contract.label(),
                        contract.due().size() - missing.size(),
                        contract.due().size(),
                        proven.size(),
                        contract.lines()));
        if (!missing.isEmpty()) {
            out.append("  not proven: %s%n".formatted(ranges(List.copyOf(missing))));
        }
        if (!failed.isEmpty()) {
            out.append("  with a test that failed: %s%n".formatted(ranges(List.copyOf(failed))));
        }
    }

    /** Numbers in rising order as ranges, such as {@code 3, 7-9}. */
    static String ranges(List<Integer> numbers) {
        List<String> ranges = new ArrayList<>();
        int i = 0;
        while (i < numbers.size()) {
            int end = i;
            while (end + 1 < numbers.size() && numbers.get(end + 1) == numbers.get(end) + 1) {
                end++;
            }
            ranges.add(i == end ? numbers.get(i).toString() : numbers.get(i) + "-" + numbers.get(end));
            i = end + 1;
        }
        return String.join(", ", ranges);
    }
}
