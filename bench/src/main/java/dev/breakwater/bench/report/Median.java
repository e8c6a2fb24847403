package dev.breakwater.bench.report;

import java.util.List;
import java.util.function.ToDoubleFunction;

/** The median of the rounds, so that one round in which the machine did something else does not count. */
public final class Median {

    private Median() {}

    /** The median of one number of each round. */
    public static <T> double of(List<T> rounds, ToDoubleFunction<T> value) {
        double[] values = rounds.stream().mapToDouble(value).sorted().toArray();
        int middle = values.length / 2;
        return values.length % 2 == 1 ? values[middle] : (values[middle - 1] + values[middle]) / 2;
    }
}
