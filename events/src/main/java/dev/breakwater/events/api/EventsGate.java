package dev.breakwater.events.api;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.events.EventsSettings;
import dev.breakwater.events.webhook.Directory;
import dev.breakwater.events.webhook.Workspaces;
import dev.breakwater.events.workspace.Workspace;
import dev.breakwater.events.workspace.WorkspaceAccess;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Gate;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.limit.Allowance;
import dev.breakwater.kernel.limit.RateLimit;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.ApiKeys;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;

/**
 * Who may call the events API now: the key must be known and belong to the environment of the host, and the pair of
 * key and workspace must have some of its allowance left (events.md 1, 2, 12).
 */
final class EventsGate {

    private static final UUID NO_WORKSPACE = new UUID(0, 0);
    private static final String SCHEME = "Bearer ";

    private final ApiKeys keys;
    private final Workspaces workspaces;
    private final EventsSettings settings;
    private final TimeSource time;
    private final Cache<Bucket, Allowance> allowances = cache();
    private final Cache<String, Allowance> strangers = cache();

    EventsGate(ApiKeys keys, Workspaces workspaces, EventsSettings settings, TimeSource time) {
        this.keys = keys;
        this.workspaces = workspaces;
        this.settings = settings;
        this.time = time;
    }

    private record Bucket(UUID key, UUID workspace, Allowance.Limit limit) {}

    /** An allowance that was not touched for this long is full again, so it may be forgotten. */
    private static <K> Cache<K, Allowance> cache() {
        return Caffeine.newBuilder()
                .maximumSize(100_000)
                .expireAfterAccess(Duration.ofMinutes(10))
                .build();
    }

    /** Where a route names the workspace that its calls count against. */
    @FunctionalInterface
    interface Naming {
        /** The id as it was sent, empty when the call names none. */
        Optional<String> workspaceOf(Call call);
    }

    /** The gate of routes that name their workspace like this. */
    Gate gate(Naming naming) {
        return call -> check(call, naming);
    }

    private void check(Call call, Naming naming) {
        requireTls(call);
        Optional<Principal> principal = call.header("Authorization")
                .filter(value -> value.regionMatches(true, 0, SCHEME, 0, SCHEME.length()))
                .flatMap(value ->
                        keys.authenticate(value.substring(SCHEME.length()).strip()))
                .filter(caller -> caller.environment() != null && worksOn(caller.environment(), call.host()));
        if (principal.isEmpty()) {
            limitStranger(call);
            throw new Failure.Unauthenticated("Invalid API key provided.");
        }
        call.admit(principal.get());
        if (settings.limits().enabled()) {
            limit(call, principal.get(), naming);
        }
    }

    private void requireTls(Call call) {
        boolean publicHost = settings.liveHosts().contains(call.host())
                || settings.sandboxHosts().contains(call.host());
        if (settings.requireTls() && publicHost && !call.secure()) {
            throw new Failure.Invalid("Use https:// to call %s.".formatted(call.host()));
        }
    }

    /** On a host of either environment only its keys work; on any other host the key alone decides. */
    private boolean worksOn(Environment environment, String host) {
        boolean live = settings.liveHosts().contains(host);
        boolean sandbox = settings.sandboxHosts().contains(host);
        return live == sandbox || (environment == Environment.LIVE ? live : sandbox);
    }

    private void limitStranger(Call call) {
        if (settings.limits().enabled()) {
            Allowance allowance = strangers.get(
                    call.clientAddress(),
                    address -> new Allowance(settings.limits().unauthenticated()));
            Allowance.Verdict verdict = allowance.take(time.instant());
            if (!verdict.allowed()) {
                throw tooMany(verdict);
            }
        }
    }

    private void limit(Call call, Principal caller, Naming naming) {
        Optional<Workspace> workspace = naming.workspaceOf(call)
                .flatMap(WorkspaceAccess::parse)
                .flatMap(id -> workspaces.visible(caller, id))
                .map(Directory.Entry::workspace);
        Optional<Allowance.Limit> limit = numbers(caller, workspace.map(Workspace::rateLimit));
        if (limit.isEmpty()) {
            return;
        }
        Bucket bucket = new Bucket(caller.id(), workspace.map(Workspace::id).orElse(NO_WORKSPACE), limit.get());
        Allowance.Verdict verdict =
                allowances.get(bucket, fresh -> new Allowance(fresh.limit())).take(time.instant());
        call.answerHeader("Harbor-RateLimit-Limit", Integer.toString(verdict.limit()));
        call.answerHeader("Harbor-RateLimit-Remaining", Integer.toString(verdict.remaining()));
        call.answerHeader("Harbor-RateLimit-Reset", Long.toString(roundedUp(verdict)));
        if (!verdict.allowed()) {
            throw tooMany(verdict);
        }
    }

    /** The numbers of the key if it has its own, else of the workspace, else of the environment; empty for no limit. */
    private Optional<Allowance.Limit> numbers(Principal caller, Optional<RateLimit> ofWorkspace) {
        Optional<RateLimit> own = Optional.ofNullable(caller.rateLimit()).or(() -> ofWorkspace);
        if (own.isPresent()) {
            return own.get().allowance();
        }
        return Optional.of(
                caller.environment() == Environment.LIVE
                        ? settings.limits().live()
                        : settings.limits().sandbox());
    }

    private static long roundedUp(Allowance.Verdict verdict) {
        return verdict.resetsAt().plusNanos(999_999_999).getEpochSecond();
    }

    private static Failure.TooManyRequests tooMany(Allowance.Verdict verdict) {
        long seconds = Math.max(1, verdict.retryAfter().plusNanos(999_999_999).toSeconds());
        return new Failure.TooManyRequests(
                verdict.retryAfter(),
                "Too many requests. Retry after %d second%s.".formatted(seconds, seconds == 1 ? "" : "s"));
    }
}
