package dev.breakwater.registry.robot;

import dev.breakwater.registry.configuration.Configuration;
import dev.breakwater.registry.configuration.ConfigurationKey;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * The parts of the full name of a robot, {@code robot$ci} or {@code robot$demo+ci} (registry.md 3.3).
 *
 * @param project whose robot it is; null for one of the system
 * @param name as it was given
 */
record RobotName(@Nullable String project, String name) {

    static final int LONGEST = 255;
    private static final Pattern GIVEN = Pattern.compile("[a-z0-9]+(?:[._-][a-z0-9]+)*+");

    /** Whether a robot can be called this. */
    static boolean isSound(String given) {
        return given.length() <= LONGEST && GIVEN.matcher(given).matches();
    }

    /** With what full names begin at the moment. */
    static String prefix(Handle handle, Configuration configuration) {
        return configuration.text(handle, ConfigurationKey.ROBOT_NAME_PREFIX);
    }

    /** Takes a full name apart; empty when it does not begin with the prefix. */
    static Optional<RobotName> parse(String prefix, String full) {
        if (!full.startsWith(prefix)) {
            return Optional.empty();
        }
        String rest = full.substring(prefix.length());
        int plus = rest.indexOf('+');
        return Optional.of(
                plus < 0
                        ? new RobotName(null, rest)
                        : new RobotName(rest.substring(0, plus), rest.substring(plus + 1)));
    }

    /** Puts a full name together. */
    static String full(String prefix, @Nullable String project, String name) {
        return project == null ? prefix + name : prefix + project + "+" + name;
    }
}
