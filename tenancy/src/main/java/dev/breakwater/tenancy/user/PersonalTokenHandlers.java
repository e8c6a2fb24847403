package dev.breakwater.tenancy.user;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.identity.Principal;
import dev.breakwater.tenancy.account.Account;
import dev.breakwater.tenancy.token.TokenIssue;
import dev.breakwater.tenancy.token.TokenRequests;
import dev.breakwater.tenancy.token.TokenStore;
import java.util.UUID;

/** {@code /admin/v1/tokens}: the caller's own personal tokens. */
public final class PersonalTokenHandlers {

    private final TokenRequests requests;
    private final TokenIssue tokens;

    /** Nobody sees or makes the tokens of another user. */
    public PersonalTokenHandlers(TokenRequests requests, TokenIssue tokens) {
        this.requests = requests;
        this.tokens = tokens;
    }

    /** The caller's tokens. */
    public Answer list(Call call) {
        return requests.list(call, new TokenStore.Owner.User(user(call)));
    }

    /** A new token, with which the caller may do whatever the caller's roles allow. */
    public Answer create(Call call) {
        UUID user = user(call);
        return requests.create(
                call,
                null,
                (handle, name, createdBy, expiresAt) ->
                        tokens.personal(handle, Account.require(handle).id(), user, name, createdBy, expiresAt));
    }

    /** Revokes one of the caller's tokens. */
    public Answer revoke(Call call) {
        return requests.revoke(call, "id", new TokenStore.Owner.User(user(call)), null);
    }

    private static UUID user(Call call) {
        if (call.principal().kind() != Principal.Kind.USER) {
            throw new Failure.Forbidden("Only users have personal tokens.");
        }
        return call.principal().id();
    }
}
