package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.http.RateLimitField;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.limit.RateLimit;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.KeyRegister;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** {@code /admin/v1/api_keys}: the keys of an organization (events.md 2.2, 14). */
public final class ApiKeyHandlers {

    private final ApiKeyRules rules;
    private final Access access;
    private final TimeSource time;

    /** The rules decide. */
    public ApiKeyHandlers(ApiKeyRules rules, Access access, TimeSource time) {
        this.rules = rules;
        this.access = access;
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
                    ApiKeyRules.text(key),
                    Ids.text("org", ApiKeyRules.organization(key)),
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

    /** The keys of an organization, the revoked ones too. */
    public Answer list(Call call) {
        UUID organization = access.organization(call.principal(), call.query("organization_id"));
        access.require(call.principal(), KeyRegister.VIEW, organization);
        PageRequest page = PageRequest.of(call, KeyRegister.PREFIX);
        return page.answer(rules.rows(call.principal(), organization, page), Token::id, View::of);
    }

    /** A new key; its secret is in this answer and in no other. */
    public Answer create(Call call) {
        JsonBody body = JsonBody.of(call);
        UUID organization = access.organization(call.principal(), body.optionalString("organization_id"));
        access.require(call.principal(), KeyRegister.EDIT, organization);
        KeyRegister.Draft draft = new KeyRegister.Draft(
                body.string("name"),
                body.string("environment"),
                body.optionalBoolean("unrestricted").orElse(false),
                body.optionalStrings("scopes").orElse(List.of()),
                body.optionalStrings("workspaces").orElse(List.of()),
                Fields.expiry(body, time.instant()));
        TokenIssue.Issued issued = rules.create(call, organization, draft, RateLimitField.read(body));
        return TokenAnswer.created(View.of(issued.token()), issued.secret());
    }

    /** Revokes a key; it is refused within one second. */
    public Answer revoke(Call call) {
        rules.revoke(call, call.pathParameter("id"));
        return Answer.empty(204);
    }
}
