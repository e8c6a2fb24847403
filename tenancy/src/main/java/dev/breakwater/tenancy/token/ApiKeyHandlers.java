package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.http.RateLimitField;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.limit.RateLimit;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.ApiKeyBounds;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.audit.AuditTrail;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/api_keys}: the keys of an organization (events.md 2.2, 14). */
public final class ApiKeyHandlers {

    private static final String THING = "API key";
    private static final String VIEW = "events_apikey_view";
    private static final String EDIT = "events_apikey_edit";
    private static final int MOST_WORKSPACES = 100;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final TokenIssue tokens;
    private final ApiKeyBounds bounds;
    private final TimeSource time;

    /** Scopes and workspaces are checked against the bounds. */
    public ApiKeyHandlers(
            Database database, Access access, Audit audit, TokenIssue tokens, ApiKeyBounds bounds, TimeSource time) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.tokens = tokens;
        this.bounds = bounds;
        this.time = time;
    }

    private record View(
            String id,
            String organizationId,
            String name,
            String environment,
            String prefix,
            String lastFour,
            boolean unrestricted,
            List<String> scopes,
            List<String> workspaces,
            @Nullable Object rateLimit,
            Instant createdAt,
            String createdBy,
            @Nullable Instant expiresAt,
            @Nullable Instant revokedAt,
            @Nullable Instant lastUsedAt) {

        static View of(Token key) {
            RateLimit limit = key.rateLimit();
            return new View(
                    text(key),
                    Ids.text("org", organization(key)),
                    key.name(),
                    Objects.requireNonNull(key.environment()).name().toLowerCase(Locale.ROOT),
                    key.prefix(),
                    key.lastFour(),
                    key.unrestricted(),
                    key.scopes(),
                    key.limitedTo().stream().map(id -> Ids.text("ws", id)).toList(),
                    limit == null ? null : limit.view(),
                    Fields.seconds(key.createdAt()),
                    key.createdBy(),
                    Fields.secondsOrNull(key.expiresAt()),
                    Fields.secondsOrNull(key.revokedAt()),
                    Fields.secondsOrNull(key.lastUsedAt()));
        }
    }

    private static String text(Token key) {
        return Ids.text("key", key.id());
    }

    private static UUID organization(Token key) {
        return Objects.requireNonNull(key.organizationId());
    }

    /** The keys of an organization, the revoked ones too. */
    public Answer list(Call call) {
        UUID organization = access.organization(call.principal(), call.query("organization_id"));
        access.require(call.principal(), VIEW, organization);
        PageRequest page = PageRequest.of(call, "key");
        List<Token> rows = database.query(handle ->
                TokenStore.list(handle, new TokenStore.Owner.Organization(organization), page.after(), page.rows()));
        return page.answer(rows, Token::id, View::of);
    }

    /** A new key; its secret is in this answer and in no other. */
    public Answer create(Call call) {
        JsonBody body = JsonBody.of(call);
        UUID organization = access.organization(call.principal(), body.optionalString("organization_id"));
        access.require(call.principal(), EDIT, organization);
        String name = Fields.name(body);
        TokenIssue.Reach reach = reach(body, organization);
        Optional<Instant> expiry = Fields.expiry(body, time.instant());
        TokenIssue.Issued issued = database.transact(handle -> {
            TokenIssue.Issued key =
                    tokens.apiKey(handle, reach, name, AuditTrail.actor(call.principal()), expiry.orElse(null));
            audit.record(handle, call, organization, "api_key.created", text(key.token()));
            return key;
        });
        return TokenAnswer.created(View.of(issued.token()), issued.secret());
    }

    private TokenIssue.Reach reach(JsonBody body, UUID organization) {
        Environment environment = environment(body.string("environment"));
        boolean unrestricted = body.optionalBoolean("unrestricted").orElse(false);
        List<String> scopes = body.optionalStrings("scopes").orElse(List.of());
        if (unrestricted != scopes.isEmpty()) {
            throw Json.invalidValue("scopes", "a key is either unrestricted or carries at least one scope");
        }
        for (String scope : scopes) {
            if (!bounds.scopes().contains(scope)) {
                throw Json.invalidValue(
                        "scopes",
                        "the scopes are "
                                + String.join(
                                        ", ", bounds.scopes().stream().sorted().toList()));
            }
        }
        return new TokenIssue.Reach(
                organization,
                environment,
                unrestricted,
                scopes.stream().distinct().toList(),
                workspaces(body, organization, environment),
                RateLimitField.read(body));
    }

    private static Environment environment(String text) {
        return switch (text) {
            case "live" -> Environment.LIVE;
            case "sandbox" -> Environment.SANDBOX;
            default -> throw Json.invalidValue("environment", "it must be live or sandbox");
        };
    }

    private List<UUID> workspaces(JsonBody body, UUID organization, Environment environment) {
        List<String> texts = body.optionalStrings("workspaces").orElse(List.of());
        if (texts.size() > MOST_WORKSPACES) {
            throw Json.invalidValue("workspaces", "a key is narrowed to at most %d".formatted(MOST_WORKSPACES));
        }
        return texts.stream()
                .distinct()
                .map(text -> Ids.parse("ws", text)
                        .filter(id -> bounds.owns(organization, environment, id))
                        .orElseThrow(() -> Json.invalidValue(
                                "workspaces",
                                "%s is no workspace of this organization and environment".formatted(text))))
                .toList();
    }

    /** Revokes a key; it is refused within one second. */
    public Answer revoke(Call call) {
        UUID id = Fields.pathId(call, "key", THING);
        Token key = database.query(handle -> TokenStore.find(handle, id))
                .filter(token -> token.kind() == Token.Kind.API_KEY)
                .filter(token -> access.sees(call.principal(), organization(token)))
                .orElseThrow(() -> Fields.notFound(call, THING));
        access.require(call.principal(), EDIT, organization(key));
        database.transact(handle -> {
            if (TokenStore.revoke(handle, id, time.instant())) {
                audit.record(handle, call, organization(key), "api_key.revoked", text(key));
            }
            return true;
        });
        return Answer.empty(204);
    }
}
