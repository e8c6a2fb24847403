package dev.breakwater.registry.access;

import dev.breakwater.kernel.failure.Failure;
import java.util.Optional;

/** Finds the robot that is calling. Reads take a connection of their own, so they come before a transaction. */
public interface Robots {

    /** Whether this is the name of a robot rather than of a user, be there such a robot or not. */
    boolean isRobotName(String name);

    /**
     * The robot with this full name and secret; empty for an unknown, disabled or expired one and for a wrong secret
     * alike.
     *
     * @param address from which the attempt comes
     * @throws Failure.TooManyRequests after too many failures
     */
    Optional<Robot> authenticate(String name, String secret, String address);

    /** Notes that the robot with this full name calls with a token that it was given; costs nothing at the moment. */
    void noteUse(String name);

    /** The robot with this full name as it is now; empty when it is unknown, disabled or expired. */
    Optional<Robot> find(String name);
}
