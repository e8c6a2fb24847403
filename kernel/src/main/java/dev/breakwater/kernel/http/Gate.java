package dev.breakwater.kernel.http;

/**
 * What a surface does with every call that matched a route, before its handler runs: find out who is calling and
 * whether they may call now. It sets {@link Call#admit} or throws a failure.
 */
@FunctionalInterface
public interface Gate {
    /** Lets the call pass, or throws the {@link dev.breakwater.kernel.failure.Failure} that the caller gets. */
    void check(Call call);

    /** Lets everyone pass, as nobody in particular. */
    Gate OPEN = call -> {};
}
