package dev.breakwater.registry.token;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.Digest;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

/**
 * Issues and verifies bearer tokens: JSON web tokens signed with RS256 (registry.md 2.5). Only tokens of this
 * installation count, and they all have the same header; so a token with any other header, be it another algorithm,
 * another key or none, is refused before anything of it is looked at. A verified token is remembered until it expires.
 */
public final class Tokens {

    static final String ISSUER = "harbor-token-issuer";
    /** The service for which tokens are issued. */
    public static final String SERVICE = "harbor-registry";

    private static final Base64.Encoder ENCODER = Base64.getUrlEncoder().withoutPadding();
    private static final Base64.Decoder DECODER = Base64.getUrlDecoder();
    private static final String ALPHANUMERIC = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789";
    private static final Duration SLACK = Duration.ofSeconds(60);
    private static final int REMEMBERED = 20_000;
    private static final int LONGEST = 12_000;

    private final Supplier<SigningKey> keys;
    private final TimeSource time;
    private final SecureRandom random = new SecureRandom();
    private final Cache<String, Grants> verified =
            Caffeine.newBuilder().maximumSize(REMEMBERED).build();
    private @Nullable Signer signer;

    private record Signer(SigningKey key, String header) {
        static Signer of(SigningKey key) {
            String header = "{\"typ\":\"JWT\",\"alg\":\"RS256\",\"kid\":\"" + key.id() + "\"}";
            return new Signer(key, ENCODER.encodeToString(header.getBytes(StandardCharsets.UTF_8)) + ".");
        }
    }

    /** Signs with a key that is asked for at the first use. */
    public Tokens(Supplier<SigningKey> keys, TimeSource time) {
        this.keys = keys;
        this.time = time;
    }

    private synchronized Signer signer() {
        Signer known = signer;
        if (known == null) {
            known = Signer.of(keys.get());
            signer = known;
        }
        return known;
    }

    /** The certificate that verifies the tokens, as text. */
    public String certificate() {
        return signer().key().pem();
    }

    /** Issues a token from now on. */
    public String issue(String subject, String bearer, List<Grants.Access> access, Instant now, Duration lifetime) {
        long seconds = now.getEpochSecond();
        ObjectNode claims = Json.mapper()
                .createObjectNode()
                .put("iss", ISSUER)
                .put("sub", subject)
                .put("aud", SERVICE)
                .put("exp", seconds + lifetime.toSeconds())
                .put("nbf", seconds)
                .put("iat", seconds)
                .put("jti", id());
        if (!bearer.isEmpty()) {
            claims.put("bearer", bearer);
        }
        ArrayNode list = claims.putArray("access");
        for (Grants.Access each : access) {
            ObjectNode entry = list.addObject().put("type", each.type()).put("name", each.name());
            ArrayNode actions = entry.putArray("actions");
            each.actions().stream().sorted().forEach(actions::add);
        }
        Signer signing = signer();
        String content = signing.header() + ENCODER.encodeToString(Json.mapper().writeValueAsBytes(claims));
        return content + "." + ENCODER.encodeToString(sign(signing.key(), content));
    }

    private String id() {
        StringBuilder id = new StringBuilder();
        for (int i = 0; i < 16; i++) {
            id.append(ALPHANUMERIC.charAt(random.nextInt(ALPHANUMERIC.length())));
        }
        return id.toString();
    }

    private static byte[] sign(SigningKey key, String content) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(key.privateKey());
            signature.update(content.getBytes(StandardCharsets.US_ASCII));
            return signature.sign();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A token cannot be signed", e);
        }
    }

    /** What a token says; empty for one that is not of this installation, altered, expired or not yet valid. */
    public Optional<Grants> verify(String token) {
        if (token.length() > LONGEST) {
            return Optional.empty();
        }
        String hash = Digest.sha256(token.getBytes(StandardCharsets.UTF_8)).hex();
        @Nullable Grants known = verified.getIfPresent(hash);
        Optional<Grants> grants = Optional.ofNullable(known).or(() -> read(token));
        if (known == null) {
            grants.ifPresent(fresh -> verified.put(hash, fresh));
        }
        return grants.filter(each -> {
            boolean live = time.instant().minus(SLACK).getEpochSecond() < each.expiresAt();
            if (!live) {
                verified.invalidate(hash);
            }
            return live;
        });
    }

    private Optional<Grants> read(String token) {
        Signer signing = signer();
        int end = token.lastIndexOf('.');
        if (!token.startsWith(signing.header()) || end < signing.header().length()) {
            return Optional.empty();
        }
        try {
            byte[] signature = DECODER.decode(token.substring(end + 1));
            // Base64 has several spellings of the same bytes; only ours counts.
            boolean exact = ENCODER.encodeToString(signature).equals(token.substring(end + 1));
            if (!exact || !verifies(signing.key(), token.substring(0, end), signature)) {
                return Optional.empty();
            }
            byte[] claims = DECODER.decode(token.substring(signing.header().length(), end));
            return grants(Json.mapper().readTree(claims));
        } catch (IllegalArgumentException | JacksonException e) {
            return Optional.empty();
        }
    }

    private static boolean verifies(SigningKey key, String content, byte[] bytes) {
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(key.publicKey());
            signature.update(content.getBytes(StandardCharsets.UTF_8));
            return signature.verify(bytes);
        } catch (GeneralSecurityException e) {
            // A signature of another length, for example.
            return false;
        }
    }

    private Optional<Grants> grants(JsonNode claims) {
        boolean ours = claims.path("iss").asString("").equals(ISSUER)
                && claims.path("aud").asString("").equals(SERVICE)
                && claims.path("nbf").asLong(Long.MAX_VALUE)
                        <= time.instant().plus(SLACK).getEpochSecond();
        if (!ours) {
            return Optional.empty();
        }
        List<Grants.Access> access = new ArrayList<>();
        for (JsonNode entry : claims.path("access")) {
            Set<String> actions = new HashSet<>();
            entry.path("actions").forEach(action -> actions.add(action.asString("")));
            access.add(new Grants.Access(
                    entry.path("type").asString(""), entry.path("name").asString(""), actions));
        }
        return Optional.of(new Grants(
                claims.path("sub").asString(""),
                claims.path("bearer").asString(""),
                access,
                claims.path("exp").asLong(0)));
    }
}
