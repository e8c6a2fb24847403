package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.json.WireTime;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Action;
import dev.breakwater.registry.access.Caller;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.access.Permission;
import dev.breakwater.registry.access.Resource;
import dev.breakwater.registry.access.Rights;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectStore;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.token.Grants;
import dev.breakwater.registry.token.Scope;
import dev.breakwater.registry.token.Tokens;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jdbi.v3.core.Handle;
import tools.jackson.databind.node.ObjectNode;

/** The token service: what a caller may do of what it asks for, signed (registry.md 2.5). It never refuses a scope. */
final class TokenHandlers {

    private static final String ANY = "*";
    private static final Duration SHORTEST = Duration.ofSeconds(60);

    /** The actions of a repository, in the order in which they are told. */
    private static final Map<String, Permission> ACTIONS = actions();

    private final Database database;
    private final Tokens tokens;
    private final Credentials credentials;
    private final TimeSource time;
    private final Supplier<Duration> lifetime;

    TokenHandlers(
            Database database, Tokens tokens, Credentials credentials, TimeSource time, Supplier<Duration> lifetime) {
        this.database = database;
        this.tokens = tokens;
        this.credentials = credentials;
        this.time = time;
        this.lifetime = lifetime;
    }

    private static Map<String, Permission> actions() {
        Map<String, Permission> actions = new LinkedHashMap<>();
        actions.put("pull", Need.PULL.permission());
        actions.put("push", Need.PUSH.permission());
        actions.put("delete", Need.DELETE.permission());
        actions.put("scanner-pull", new Permission(Resource.REPOSITORY, Action.SCANNER_PULL));
        return actions;
    }

    /** {@code GET /service/token}. */
    Answer issue(Call call) {
        String service = call.query("service").orElse("");
        if (!service.equals(Tokens.SERVICE)) {
            throw new Failure.Invalid("Unable to handle service: " + service);
        }
        List<Scope> scopes = Scope.parse(call.queryAll("scope"));
        Caller caller = caller(call);
        if (!caller.isKnown() && scopes.isEmpty()) {
            throw new Failure.Unauthenticated("Nobody, asking for nothing, gets no token.");
        }
        List<Grants.Access> access =
                scopes.isEmpty() ? List.of() : database.query(handle -> grant(handle, caller, scopes));
        Instant now = time.instant().truncatedTo(ChronoUnit.SECONDS);
        Duration life = lifetime.get().compareTo(SHORTEST) < 0 ? SHORTEST : lifetime.get();
        String token = tokens.issue(caller.isKnown() ? caller.name() : "", Entrance.bearer(caller), access, now, life);
        ObjectNode body = Json.mapper()
                .createObjectNode()
                .put("token", token)
                .put("access_token", token)
                .put("expires_in", life.toSeconds())
                .put("issued_at", WireTime.text(now));
        return Answer.json(200, Json.mapper().writeValueAsBytes(body)).with("Cache-Control", "no-store");
    }

    /** {@code GET /service/token/certificate}: with it another registry can verify the tokens. */
    Answer certificate(Call call) {
        return Answer.of(200, "application/x-pem-file", tokens.certificate().getBytes(StandardCharsets.US_ASCII));
    }

    /** Whoever shows credentials must show right ones, also for what everybody may have (decision D5). */
    private Caller caller(Call call) {
        if (call.header("Authorization").isEmpty()) {
            return new Caller.Anonymous();
        }
        return Credentials.basic(call)
                .flatMap(basic -> credentials.authenticate(basic, call))
                .orElseThrow(() -> new Failure.Unauthenticated("The name or the password is wrong."));
    }

    private static List<Grants.Access> grant(Handle handle, Caller caller, List<Scope> scopes) {
        Rights rights = new Rights(caller);
        Map<String, Optional<Project>> projects = new HashMap<>();
        Map<Scope, Set<String>> granted = new LinkedHashMap<>();
        for (Scope scope : scopes) {
            Set<String> actions = granted.computeIfAbsent(
                    new Scope(scope.type(), scope.name(), Set.of()), s -> new LinkedHashSet<>());
            if (scope.type().equals("repository")) {
                RepositoryName.parse(scope.name())
                        .flatMap(name ->
                                projects.computeIfAbsent(name.project(), project -> ProjectStore.find(handle, project)))
                        .ifPresent(project -> actions.addAll(ofRepository(handle, rights, project, scope.actions())));
            } else if (scope.type().equals("registry")
                    && scope.name().equals("catalog")
                    && scope.actions().contains(ANY)
                    && rights.allowsInSystem(Resource.CATALOG, Action.READ)) {
                actions.add(ANY);
            }
        }
        List<Grants.Access> access = new ArrayList<>();
        granted.forEach((scope, actions) -> access.add(new Grants.Access(scope.type(), scope.name(), actions)));
        return access;
    }

    private static Set<String> ofRepository(Handle handle, Rights rights, Project project, Set<String> asked) {
        Set<String> actions = new LinkedHashSet<>();
        ACTIONS.forEach((action, permission) -> {
            boolean wanted =
                    asked.contains(ANY) || asked.contains(action) || (action.equals("pull") && asked.contains("push"));
            boolean everybodys = !action.equals("scanner-pull") || rights.caller() instanceof Caller.Machine;
            if (wanted && everybodys && rights.allows(handle, project, permission)) {
                actions.add(action);
            }
        });
        return actions;
    }
}
