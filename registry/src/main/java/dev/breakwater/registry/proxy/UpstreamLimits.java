package dev.breakwater.registry.proxy;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.project.Project;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** How many requests of one project may be under way to the registry that it mirrors ({@code max_upstream_conn}). */
final class UpstreamLimits {

    private static final String SETTING = "max_upstream_conn";

    private final Map<Long, Integer> underWay = new HashMap<>();

    /** A place that was taken. */
    interface Place extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Takes a place.
     *
     * @throws Failure.TooManyRequests when all are taken
     */
    Place take(Project project) {
        long most = number(project, SETTING);
        synchronized (underWay) {
            int taken = underWay.getOrDefault(project.id(), 0);
            if (most > 0 && taken >= most) {
                throw new Failure.TooManyRequests(
                        Duration.ofSeconds(1),
                        "too many requests to the registry that project %s mirrors".formatted(project.name()));
            }
            underWay.put(project.id(), taken + 1);
        }
        return () -> free(project.id());
    }

    private void free(long project) {
        synchronized (underWay) {
            underWay.computeIfPresent(project, (id, taken) -> taken == 1 ? null : taken - 1);
        }
    }

    /** A setting of a project that is a number; 0 or less, or nothing sound, for no limit. */
    static long number(Project project, String setting) {
        try {
            return project.setting(setting).map(Long::parseLong).orElse(0L);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
