package dev.breakwater.registry.upstream;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * What to send as {@code Authorization}: found out by answering challenges, and remembered per endpoint and scope for as
 * long as it is good.
 */
final class Authorizations {

    private static final int MOST = 10_000;
    private static final int MAX_TOKEN_ANSWER = 64 * 1024;
    private static final Duration BASIC_LIFE = Duration.ofHours(1);
    /** What the token protocol says of an answer without a lifetime. */
    private static final int DEFAULT_LIFE = 60;

    private static final int LONGEST_LIFE = 3_600;
    /** Before the end of a token's life no request is begun with it. */
    private static final int SLACK = 10;

    private final Connections connections;
    private final TimeSource time;
    private final Cache<Key, Known> known =
            Caffeine.newBuilder().maximumSize(MOST).build();

    private record Key(Endpoint endpoint, String scope) {}

    private record Known(String header, Instant until) {}

    Authorizations(Connections connections, TimeSource time) {
        this.connections = connections;
        this.time = time;
    }

    /** What served for this scope before, while it is good. */
    Optional<String> remembered(Endpoint endpoint, String scope) {
        @Nullable Known before = known.getIfPresent(new Key(endpoint, scope));
        return before == null || !time.instant().isBefore(before.until())
                ? Optional.empty()
                : Optional.of(before.header());
    }

    /** Answers a challenge; empty when there is nothing to answer it with. */
    Optional<String> answer(Endpoint endpoint, String scope, List<String> challenges) throws IOException {
        known.invalidate(new Key(endpoint, scope));
        Optional<Challenge> challenge = Challenge.of(challenges);
        if (challenge.isEmpty()) {
            return Optional.empty();
        }
        Optional<Known> answer = challenge.get().scheme().equals("bearer")
                ? token(endpoint, scope, challenge.get())
                : basic(endpoint).map(header -> new Known(header, time.instant().plus(BASIC_LIFE)));
        answer.ifPresent(found -> known.put(new Key(endpoint, scope), found));
        return answer.map(Known::header);
    }

    private static Optional<String> basic(Endpoint endpoint) {
        return Optional.ofNullable(endpoint.login())
                .map(login -> "Basic "
                        + Base64.getEncoder()
                                .encodeToString(
                                        (login.username() + ":" + login.secret()).getBytes(StandardCharsets.UTF_8)));
    }

    private Optional<Known> token(Endpoint endpoint, String scope, Challenge challenge) throws IOException {
        URI realm = challenge
                .parameter("realm")
                .flatMap(Endpoint::address)
                .filter(url -> url.getScheme().equals("https") || !endpoint.encrypted())
                .orElseThrow(() -> new UpstreamException(
                        UpstreamException.Reason.BROKEN, "the registry names no sound place to get tokens from"));
        StringBuilder target = new StringBuilder(realm.toString()).append("?client_id=breakwater");
        challenge.parameter("service").ifPresent(service -> append(target, "service", service));
        for (String each : scope.split(" ", -1)) {
            if (!each.isEmpty()) {
                append(target, "scope", each);
            }
        }
        Map<String, String> headers = basic(endpoint)
                .<Map<String, String>>map(header -> Map.of("Authorization", header))
                .orElse(Map.of());
        try (Reply reply = connections.send(endpoint, new HttpGet(target.toString()), headers)) {
            if (reply.status() == 401 && endpoint.login() == null) {
                return Optional.empty();
            }
            if (reply.status() != 200) {
                throw UpstreamException.of(reply.status(), "a request for a token");
            }
            return Optional.of(token(Json.mapper().readTree(reply.bytes(MAX_TOKEN_ANSWER))));
        } catch (JacksonException e) {
            throw new UpstreamException(UpstreamException.Reason.BROKEN, "the registry answered with no token", e);
        }
    }

    private Known token(JsonNode answer) throws UpstreamException {
        String token = answer.path("token").asString("");
        if (token.isEmpty()) {
            token = answer.path("access_token").asString("");
        }
        if (token.isEmpty() || !token.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
            throw new UpstreamException(UpstreamException.Reason.BROKEN, "the registry answered with no token");
        }
        int life = Math.min(LONGEST_LIFE, answer.path("expires_in").asInt(DEFAULT_LIFE));
        return new Known("Bearer " + token, time.instant().plusSeconds(Math.max(0, life - SLACK)));
    }

    private static void append(StringBuilder target, String name, String value) {
        target.append('&').append(name).append('=').append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }
}
