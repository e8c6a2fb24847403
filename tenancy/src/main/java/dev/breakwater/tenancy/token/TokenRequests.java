package dev.breakwater.tenancy.token;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.audit.AuditTrail;
import dev.breakwater.tenancy.request.Fields;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Lists, makes and revokes the tokens of one owner, be it a user or a service account. Whether the caller may is the
 * business of whoever calls this.
 */
public final class TokenRequests {

    private static final String THING = "token";

    private final Database database;
    private final Audit audit;
    private final TimeSource time;

    /** Changes are audited. */
    public TokenRequests(Database database, Audit audit, TimeSource time) {
        this.database = database;
        this.audit = audit;
        this.time = time;
    }

    /** Makes the token of some owner. */
    @FunctionalInterface
    public interface Maker {
        /** Within the transaction of the request. */
        TokenIssue.Issued make(Handle handle, String name, String createdBy, @Nullable Instant expiresAt);
    }

    /** The tokens of an owner, the revoked ones too. */
    public Answer list(Call call, TokenStore.Owner owner) {
        PageRequest page = PageRequest.of(call, "tok");
        List<Token> rows = database.query(handle -> TokenStore.list(handle, owner, page.after(), page.rows()));
        return page.answer(rows, Token::id, OwnedTokenView::of);
    }

    /** A new token with a {@code name} and perhaps {@code expires_at}; its secret is in this answer and in no other. */
    public Answer create(Call call, @Nullable UUID organization, Maker maker) {
        JsonBody body = JsonBody.of(call);
        String name = Fields.name(body);
        Optional<Instant> expiry = Fields.expiry(body, time.instant());
        TokenIssue.Issued issued = database.transact(handle -> {
            TokenIssue.Issued token = maker.make(handle, name, AuditTrail.actor(call.principal()), expiry.orElse(null));
            audit.record(handle, call, organization, "token.created", OwnedTokenView.text(token.token()));
            return token;
        });
        return TokenAnswer.created(OwnedTokenView.of(issued.token()), issued.secret());
    }

    /** Revokes a token of this owner. */
    public Answer revoke(Call call, String parameter, TokenStore.Owner owner, @Nullable UUID organization) {
        String text = call.pathParameter(parameter);
        Token token = Ids.parse("tok", text)
                .flatMap(id -> database.query(handle -> TokenStore.find(handle, id)))
                .filter(found -> belongsTo(found, owner))
                .orElseThrow(() -> Fields.notFound(THING, text));
        database.transact(handle -> {
            if (TokenStore.revoke(handle, token.id(), time.instant())) {
                audit.record(handle, call, organization, "token.revoked", OwnedTokenView.text(token));
            }
            return true;
        });
        return Answer.empty(204);
    }

    private static boolean belongsTo(Token token, TokenStore.Owner owner) {
        return switch (owner) {
            case TokenStore.Owner.User user -> user.id().equals(token.userId());
            case TokenStore.Owner.ServiceAccount account -> account.id().equals(token.serviceAccountId());
            case TokenStore.Owner.Organization organization -> organization.id().equals(token.organizationId());
        };
    }
}
