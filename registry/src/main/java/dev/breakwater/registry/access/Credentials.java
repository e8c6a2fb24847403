package dev.breakwater.registry.access;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.tenancy.SignIns;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Optional;

/** Turns a name with a password or secret into a caller, the same on all surfaces. */
public final class Credentials {

    private static final String BASIC = "Basic ";

    private final SignIns signIns;
    private final Robots robots;

    /** Users come from tenancy, robots from the registry. */
    public Credentials(SignIns signIns, Robots robots) {
        this.signIns = signIns;
        this.robots = robots;
    }

    /** What a call shows as HTTP Basic. */
    public record Basic(String name, String secret) {
        @Override
        public String toString() {
            return "Basic[]";
        }
    }

    /** The name and secret that a call shows as HTTP Basic; empty when it shows none, or none that can be read. */
    public static Optional<Basic> basic(Call call) {
        return call.header("Authorization")
                .filter(header -> header.regionMatches(true, 0, BASIC, 0, BASIC.length()))
                .flatMap(header -> decode(header.substring(BASIC.length()).strip()));
    }

    private static Optional<Basic> decode(String encoded) {
        try {
            String pair = new String(Base64.getDecoder().decode(encoded), StandardCharsets.UTF_8);
            int colon = pair.indexOf(':');
            return colon < 0
                    ? Optional.empty()
                    : Optional.of(new Basic(pair.substring(0, colon), pair.substring(colon + 1)));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The user or robot with this name and secret; empty when they do not fit.
     *
     * @param call from which address it is tried
     * @throws Failure.TooManyRequests after too many failures
     */
    public Optional<Caller> authenticate(Basic basic, Call call) {
        return robots.isRobotName(basic.name())
                ? robots.authenticate(basic.name(), basic.secret(), call.clientAddress())
                        .map(Caller.Machine::new)
                : signIns.authenticate(basic.name(), basic.secret(), call.clientAddress())
                        .map(Caller.Person::new);
    }
}
