package dev.breakwater.tenancy.serviceaccount;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import dev.breakwater.kernel.http.JsonBody;
import dev.breakwater.kernel.http.PageRequest;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Access;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.account.Account;
import dev.breakwater.tenancy.request.Fields;
import dev.breakwater.tenancy.token.TokenIssue;
import dev.breakwater.tenancy.token.TokenRequests;
import dev.breakwater.tenancy.token.TokenStore;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** {@code /admin/v1/service_accounts} and their tokens. */
public final class ServiceAccountHandlers {

    private static final String THING = "service account";
    private static final String VIEW = "core_serviceaccount_view";
    private static final String EDIT = "core_serviceaccount_edit";
    private static final String DELETE = "core_serviceaccount_delete";
    private static final String MANAGE_TOKENS = "core_serviceaccount_manageapikey";

    private final Database database;
    private final Access access;
    private final Audit audit;
    private final TokenRequests requests;
    private final TokenIssue tokens;
    private final TimeSource time;
    private final Ids ids;

    /** Service accounts belong to an organization, and so do the permissions about them. */
    public ServiceAccountHandlers(
            Database database,
            Access access,
            Audit audit,
            TokenRequests requests,
            TokenIssue tokens,
            TimeSource time,
            Ids ids) {
        this.database = database;
        this.access = access;
        this.audit = audit;
        this.requests = requests;
        this.tokens = tokens;
        this.time = time;
        this.ids = ids;
    }

    private record View(String id, String organizationId, String name, Instant createdAt) {

        static View of(ServiceAccount account) {
            return new View(
                    text(account),
                    Ids.text("org", account.organizationId()),
                    account.name(),
                    Fields.seconds(account.createdAt()));
        }
    }

    private static String text(ServiceAccount account) {
        return Ids.text("sa", account.id());
    }

    /** The service accounts of an organization. */
    public Answer list(Call call) {
        UUID organization = access.organization(call.principal(), call.query("organization_id"));
        access.require(call.principal(), VIEW, organization);
        PageRequest page = PageRequest.of(call, "sa");
        List<ServiceAccount> rows =
                database.query(handle -> ServiceAccountStore.list(handle, organization, page.after(), page.rows()));
        return page.answer(rows, ServiceAccount::id, View::of);
    }

    /** A new service account, which may do nothing until it has a role. */
    public Answer create(Call call) {
        JsonBody body = JsonBody.of(call);
        UUID organization = access.organization(call.principal(), body.optionalString("organization_id"));
        access.require(call.principal(), EDIT, organization);
        ServiceAccount account = new ServiceAccount(ids.next(), organization, Fields.name(body), time.instant());
        database.transact(handle -> {
            if (!ServiceAccountStore.insert(handle, account)) {
                throw new Failure.Conflict("already_exists", "There already is a service account with this name.");
            }
            audit.record(handle, call, organization, "service_account.created", text(account));
            return true;
        });
        return Answer.json(201, View.of(account));
    }

    /** Deletes a service account, with its tokens and roles. */
    public Answer delete(Call call) {
        ServiceAccount account = require(call, DELETE);
        database.transact(handle -> {
            ServiceAccountStore.delete(handle, account.id());
            audit.record(handle, call, account.organizationId(), "service_account.deleted", text(account));
            return true;
        });
        return Answer.empty(204);
    }

    /** The tokens of a service account. */
    public Answer listTokens(Call call) {
        return requests.list(call, owner(require(call, VIEW)));
    }

    /** A new token of a service account. */
    public Answer createToken(Call call) {
        ServiceAccount account = require(call, MANAGE_TOKENS);
        return requests.create(
                call,
                account.organizationId(),
                (handle, name, createdBy, expiresAt) -> tokens.serviceAccount(
                        handle, Account.require(handle).id(), account.id(), name, createdBy, expiresAt));
    }

    /** Revokes a token of a service account. */
    public Answer revokeToken(Call call) {
        ServiceAccount account = require(call, MANAGE_TOKENS);
        return requests.revoke(call, "token", owner(account), account.organizationId());
    }

    private static TokenStore.Owner owner(ServiceAccount account) {
        return new TokenStore.Owner.ServiceAccount(account.id());
    }

    private ServiceAccount require(Call call, String permission) {
        UUID id = Fields.pathId(call, "sa", THING);
        ServiceAccount account = database.query(handle -> ServiceAccountStore.find(handle, id))
                .filter(found -> access.sees(call.principal(), found.organizationId()))
                .orElseThrow(() -> Fields.notFound(call, THING));
        access.require(call.principal(), permission, account.organizationId());
        return account;
    }
}
