package dev.breakwater.registry.robot;

import dev.breakwater.registry.access.Grant;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a robot may do in one place (registry.md 3.3, 3.7).
 *
 * @param kind where
 * @param namespace {@code /} for the system, a project's name, or {@code *} for all projects
 * @param projectId the project of that name; null for the others
 * @param access what, in the order in which it was sent
 */
public record RobotPermission(
        Grant.Kind kind, String namespace, @Nullable Long projectId, List<Access> access) {

    /** The only effect there is. */
    public static final String ALLOW = "allow";

    /** An immutable copy. */
    public RobotPermission {
        access = List.copyOf(access);
    }

    /**
     * One thing that is allowed, as the API spells it.
     *
     * @param effect {@code allow}, or empty as it was sent, which means the same
     */
    public record Access(String resource, String action, String effect) {}

    /** The same in the terms of those who decide. */
    Stream<Grant> grants() {
        return access.stream().map(each -> new Grant(kind, namespace, each.resource(), each.action()));
    }
}
