package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.access.Robots;
import dev.breakwater.registry.content.ErrorCode;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.Targets;
import dev.breakwater.registry.token.Grants;
import dev.breakwater.registry.token.Tokens;
import dev.breakwater.tenancy.Users;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Lets requests in that show a bearer token or a name and password (registry.md 2.5). A token is believed for reading
 * until it expires; whoever writes or removes must be allowed to at that moment.
 */
final class Entrance {

    private static final String BEARER = "Bearer ";
    private static final String BASIC = "Basic ";
    private static final String USER = "user:";
    private static final String ROBOT = "robot:";

    private final Tokens tokens;
    private final Credentials credentials;
    private final Users users;
    private final Robots robots;
    private final Targets targets;

    Entrance(Tokens tokens, Credentials credentials, Users users, Robots robots, Targets targets) {
        this.tokens = tokens;
        this.credentials = credentials;
        this.users = users;
        this.robots = robots;
        this.targets = targets;
    }

    /**
     * Who is calling, as far as the request says.
     *
     * @param grants what the token allows; null when credentials were sent
     * @param caller who it is; null when a token was sent and nobody has looked yet
     */
    record Visitor(@Nullable Grants grants, @Nullable Caller caller) {}

    /** How a token names its bearer. */
    static String bearer(Caller caller) {
        return switch (caller) {
            case Caller.Anonymous nobody -> "";
            case Caller.Person person -> USER + person.profile().id();
            case Caller.Machine machine -> ROBOT + machine.robot().name();
        };
    }

    /**
     * Finds out who is calling.
     *
     * @param scope what a token for this request must hold
     * @throws Failure.Unauthenticated with a challenge when the request shows nothing, or nothing sound
     */
    Visitor identify(Call call, String scope) {
        String shown = call.header("Authorization").orElse("");
        if (startsWith(shown, BEARER)) {
            Grants grants = tokens.verify(shown.substring(BEARER.length()).strip())
                    .orElseThrow(() -> Challenge.bearer(call, scope, "authentication required"));
            if (grants.bearer().startsWith(ROBOT)) {
                robots.noteUse(grants.bearer().substring(ROBOT.length()));
            }
            return new Visitor(grants, null);
        }
        if (startsWith(shown, BASIC)) {
            return Credentials.basic(call)
                    .flatMap(basic -> credentials.authenticate(basic, call))
                    .map(caller -> new Visitor(null, caller))
                    .orElseThrow(() -> Challenge.basic(call, "authentication required"));
        }
        throw Challenge.bearer(call, scope, "authentication required");
    }

    private static boolean startsWith(String text, String prefix) {
        return text.regionMatches(true, 0, prefix, 0, prefix.length());
    }

    /** Lets a request to a repository in. */
    Visit open(Call call, Need need) {
        return open(call, need, "");
    }

    /**
     * Lets a request to a repository in.
     *
     * @param more another scope that its challenge asks for; may be empty
     */
    Visit open(Call call, Need need, String more) {
        String text = call.pathParameter("name");
        String scope = scope(text, need) + (more.isEmpty() ? "" : " " + more);
        Visitor visitor = identify(call, RepositoryName.isWellFormed(text) ? scope : "");
        RepositoryName name = RepositoryName.parse(text)
                .orElseThrow(() -> Failure.Invalid.coded(ErrorCode.NAME_INVALID, "invalid repository name: " + text));
        @Nullable Grants grants = visitor.grants();
        @Nullable Caller caller = visitor.caller();
        if (caller == null && grants != null && need != Need.PULL) {
            caller = find(grants.bearer()).orElseThrow(() -> Challenge.bearer(call, scope, "authentication required"));
        }
        return new Visit(call, name, need, scope, grants, caller, this);
    }

    Targets targets() {
        return targets;
    }

    private static String scope(String name, Need need) {
        return "repository:" + name + ":" + need.asked();
    }

    /** The bearer of a token as it is now; empty when there is none any more. */
    Optional<Caller> find(String bearer) {
        if (bearer.startsWith(USER)) {
            return users.findRecent(UUID.fromString(bearer.substring(USER.length())))
                    .filter(user -> !user.disabled())
                    .map(Caller.Person::new);
        }
        return bearer.startsWith(ROBOT)
                ? robots.find(bearer.substring(ROBOT.length())).map(Caller.Machine::new)
                : Optional.of(new Caller.Anonymous());
    }
}
