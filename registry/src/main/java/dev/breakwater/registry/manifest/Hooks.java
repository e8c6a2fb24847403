package dev.breakwater.registry.manifest;

import java.util.List;

/**
 * What other features have to say about pushes, pulls and removals, each in the order of being asked.
 *
 * @param pushRules may forbid a push
 * @param removalRules may forbid a removal
 * @param pullRules may forbid a pull
 * @param listeners are told what was done
 * @param source where missing content comes from
 */
public record Hooks(
        List<PushRule> pushRules,
        List<RemovalRule> removalRules,
        List<PullRule> pullRules,
        List<ContentListener> listeners,
        ContentSource source) {

    /** Immutable copies of the lists. */
    public Hooks {
        pushRules = List.copyOf(pushRules);
        removalRules = List.copyOf(removalRules);
        pullRules = List.copyOf(pullRules);
        listeners = List.copyOf(listeners);
    }
}
