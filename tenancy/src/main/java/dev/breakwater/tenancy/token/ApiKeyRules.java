package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.Page;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.limit.RateLimit;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.ApiKeyBounds;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.KeyRegister;
import dev.breakwater.tenancy.audit.AuditTrail;
import dev.breakwater.tenancy.request.Fields;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rules about the keys of organizations, which hold for the admin API and for pages alike (events.md 2.2, 14). */
public final class ApiKeyRules implements KeyRegister {

    private static final String THING = "API key";
    private static final int MOST_WORKSPACES = 100;

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final TokenIssue tokens;
    private final ApiKeyBounds bounds;
    private final TimeSource time;

    /** Scopes and workspaces are checked against the bounds. */
    public ApiKeyRules(
            Database database, Access access, Audit audit, TokenIssue tokens, ApiKeyBounds bounds, TimeSource time) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.tokens = tokens;
        this.bounds = bounds;
        this.time = time;
    }

    @Override
    public List<String> scopes() {
        return bounds.scopes().stream().sorted().toList();
    }

    @Override
    public Page<Entry> list(Principal caller, UUID organization, PageRequest page) {
        return page.page(rows(caller, organization, page), Token::id, ApiKeyRules::entry);
    }

    /** The rows of a page. */
    List<Token> rows(Principal caller, UUID organization, PageRequest page) {
        access.require(caller, VIEW, organization);
        return database.query(handle ->
                TokenStore.list(handle, new TokenStore.Owner.Organization(organization), page.after(), page.rows()));
    }

    @Override
    public Revealed create(Call call, UUID organization, Draft draft) {
        TokenIssue.Issued issued = create(call, organization, draft, null);
        return new Revealed(entry(issued.token()), issued.secret().text());
    }

    /** Makes a key, perhaps with numbers of its own. */
    TokenIssue.Issued create(Call call, UUID organization, Draft draft, @Nullable RateLimit rateLimit) {
        access.require(call.principal(), EDIT, organization);
        String name = Fields.name(draft.name());
        TokenIssue.Reach reach = reach(draft, organization, rateLimit);
        draft.expiresAt().ifPresent(end -> Fields.requireFuture("expires_at", end, time.instant()));
        return database.transact(handle -> {
            TokenIssue.Issued key = tokens.apiKey(
                    handle,
                    reach,
                    name,
                    AuditTrail.actor(call.principal()),
                    draft.expiresAt().orElse(null));
            audit.record(handle, call, organization, "api_key.created", text(key.token()));
            return key;
        });
    }

    private TokenIssue.Reach reach(Draft draft, UUID organization, @Nullable RateLimit rateLimit) {
        Environment environment = environment(draft.environment());
        if (draft.unrestricted() != draft.scopes().isEmpty()) {
            throw Json.invalidValue("scopes", "a key is either unrestricted or carries at least one scope");
        }
        for (String scope : draft.scopes()) {
            if (!bounds.scopes().contains(scope)) {
                throw Json.invalidValue("scopes", "the scopes are " + String.join(", ", scopes()));
            }
        }
        return new TokenIssue.Reach(
                organization,
                environment,
                draft.unrestricted(),
                draft.scopes().stream().distinct().toList(),
                workspaces(draft.workspaces(), organization, environment),
                rateLimit);
    }

    private static Environment environment(String text) {
        return switch (text) {
            case "live" -> Environment.LIVE;
            case "sandbox" -> Environment.SANDBOX;
            default -> throw Json.invalidValue("environment", "it must be live or sandbox");
        };
    }

    private List<UUID> workspaces(List<String> texts, UUID organization, Environment environment) {
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

    @Override
    public Entry find(Principal caller, String id) {
        Token key = seen(caller, id);
        access.require(caller, VIEW, organization(key));
        return entry(key);
    }

    private Token seen(Principal caller, String id) {
        return Ids.parse(PREFIX, id)
                .flatMap(parsed -> database.query(handle -> TokenStore.find(handle, parsed)))
                .filter(token -> token.kind() == Token.Kind.API_KEY)
                .filter(token -> access.sees(caller, organization(token)))
                .orElseThrow(() -> unknown(id));
    }

    @Override
    public void revoke(Call call, String id) {
        Token key = seen(call.principal(), id);
        access.require(call.principal(), EDIT, organization(key));
        database.transact(handle -> {
            if (TokenStore.revoke(handle, key.id(), time.instant())) {
                audit.record(handle, call, organization(key), "api_key.revoked", text(key));
            }
            return true;
        });
    }

    private static Failure.NotFound unknown(String id) {
        return Fields.notFound(THING, id);
    }

    static String text(Token key) {
        return Ids.text(PREFIX, key.id());
    }

    static UUID organization(Token key) {
        return Objects.requireNonNull(key.organizationId());
    }

    private static Entry entry(Token key) {
        return new Entry(
                text(key),
                organization(key),
                key.name(),
                Objects.requireNonNull(key.environment()),
                key.prefix() + "…" + key.lastFour(),
                key.unrestricted(),
                key.scopes(),
                key.limitedTo().stream().map(each -> Ids.text("ws", each)).toList(),
                key.createdAt(),
                Optional.ofNullable(key.expiresAt()),
                Optional.ofNullable(key.revokedAt()),
                Optional.ofNullable(key.lastUsedAt()));
    }
}
