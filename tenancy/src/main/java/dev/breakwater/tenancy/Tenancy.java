package dev.breakwater.tenancy;

import dev.breakwater.kernel.crypto.InstallationKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.db.Notifications;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.identity.Environment;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.account.Account;
import dev.breakwater.tenancy.admin.AdminGate;
import dev.breakwater.tenancy.admin.AdminSurface;
import dev.breakwater.tenancy.audit.AuditHandlers;
import dev.breakwater.tenancy.audit.AuditReads;
import dev.breakwater.tenancy.audit.AuditTrail;
import dev.breakwater.tenancy.bootstrap.Bootstrap;
import dev.breakwater.tenancy.member.OrganizationMembers;
import dev.breakwater.tenancy.organization.EncryptionKeys;
import dev.breakwater.tenancy.organization.OrganizationHandlers;
import dev.breakwater.tenancy.organization.OrganizationReads;
import dev.breakwater.tenancy.role.RoleAccess;
import dev.breakwater.tenancy.role.RoleHandlers;
import dev.breakwater.tenancy.role.RoleRules;
import dev.breakwater.tenancy.serviceaccount.ServiceAccountHandlers;
import dev.breakwater.tenancy.session.Sessions;
import dev.breakwater.tenancy.token.ApiKeyHandlers;
import dev.breakwater.tenancy.token.ApiKeyRules;
import dev.breakwater.tenancy.token.KnownApiKeys;
import dev.breakwater.tenancy.token.TokenIssue;
import dev.breakwater.tenancy.token.TokenRequests;
import dev.breakwater.tenancy.user.PasswordChange;
import dev.breakwater.tenancy.user.Passwords;
import dev.breakwater.tenancy.user.PersonalTokenHandlers;
import dev.breakwater.tenancy.user.SessionHandlers;
import dev.breakwater.tenancy.user.SignIn;
import dev.breakwater.tenancy.user.UserAccounts;
import dev.breakwater.tenancy.user.UserHandlers;
import dev.breakwater.tenancy.user.UserSessions;
import dev.breakwater.tenancy.user.UserStore;
import dev.breakwater.tenancy.user.VerifiedSecrets;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * The module: who may use the installation, and for what. It is constructed before the notifications start, and
 * {@link #start} comes before any use of it.
 */
public final class Tenancy implements AutoCloseable {

    private final Database database;
    private final TimeSource time;
    private final Ids ids;
    private final TenancySettings settings;
    private final VerifiedSecrets secrets;
    private final SignIn signIn;
    private final UserAccounts users;
    private final AuditTrail audit;
    private final Bootstrap bootstrap;
    private final KnownApiKeys apiKeys;
    private final EncryptionKeys organizationKeys;
    private final RoleAccess access;
    private final TokenIssue tokens;
    private final Sessions sessions;
    private final PasswordChange passwordChange;
    private final UserSessions userSessions;

    /** Wires the module; nothing touches the database yet. */
    public Tenancy(
            Database database,
            Notifications notifications,
            TimeSource time,
            Ids ids,
            InstallationKey installationKey,
            TenancySettings settings) {
        this.database = database;
        this.time = time;
        this.ids = ids;
        this.settings = settings;
        audit = new AuditTrail(time, ids);
        Passwords passwords = new Passwords();
        secrets = new VerifiedSecrets(passwords, time);
        signIn = new SignIn(database, secrets);
        users = new UserAccounts(database, audit, passwords, time, ids);
        bootstrap = new Bootstrap(database, installationKey, settings, passwords, audit, time, ids);
        apiKeys = new KnownApiKeys(database, notifications, time);
        organizationKeys = new EncryptionKeys(database, installationKey, time);
        access = new RoleAccess(database);
        tokens = new TokenIssue(time, ids);
        sessions = new Sessions(database, time, ids);
        passwordChange = new PasswordChange(database, users, signIn);
        userSessions = new UserSessions(database, sessions, signIn, passwordChange, audit);
    }

    /**
     * On an empty database, makes the account, the organization {@code default} and an administrator. Any number of
     * nodes may do so at once. The schema {@code tenancy} is up to date by then.
     *
     * @throws InstallationMismatch when the database belongs to another installation key
     */
    public Installation start() {
        return bootstrap.run();
    }

    /** Recognizes API keys. */
    public ApiKeys apiKeys() {
        return apiKeys;
    }

    /** The users of the installation. */
    public Users users() {
        return users;
    }

    /** Finds out whether somebody is a user. */
    public SignIns signIns() {
        return signIn;
    }

    /** Hashes and verifies the secrets of callers that are no users. */
    public SecretHashes secrets() {
        return secrets;
    }

    /** The encryption keys of organizations. */
    public OrganizationKeys organizationKeys() {
        return organizationKeys;
    }

    /** What users and service accounts may do. */
    public Access access() {
        return access;
    }

    /** The sessions of browsers. */
    public BrowserSessions browserSessions() {
        return userSessions;
    }

    /** The organizations, as far as somebody sees them. */
    public Organizations organizations() {
        return new OrganizationReads(database, access);
    }

    /**
     * The API keys, for people.
     *
     * @param bounds what a key can be bound to
     */
    public KeyRegister keys(ApiKeyBounds bounds) {
        return keyRules(bounds);
    }

    private ApiKeyRules keyRules(ApiKeyBounds bounds) {
        return new ApiKeyRules(database, access, audit, tokens, bounds, time);
    }

    /** The members of organizations, for people. */
    public Members members() {
        return new OrganizationMembers(database, access, users, roleRules());
    }

    private RoleRules roleRules() {
        return new RoleRules(database, access, audit, time, ids);
    }

    /** The audit trail, for people. */
    public AuditLog auditLog() {
        return new AuditReads(database, access);
    }

    /** The audit trail. */
    public Audit audit() {
        return audit;
    }

    /**
     * The admin API.
     *
     * @param bounds what an API key can be bound to
     * @param added the routes of other capabilities
     */
    public List<Surface> surfaces(ApiKeyBounds bounds, List<AdminRoutes> added) {
        TokenRequests requests = new TokenRequests(database, audit, time);
        return List.of(AdminSurface.build(
                new AdminGate(database, sessions, signIn, time),
                new AdminSurface.Handlers(
                        new SessionHandlers(database, sessions, userSessions),
                        new OrganizationHandlers(database, access, audit, time, ids),
                        new UserHandlers(database, access, users, passwordChange),
                        new PersonalTokenHandlers(requests, tokens),
                        new ServiceAccountHandlers(database, access, audit, requests, tokens, time, ids),
                        new ApiKeyHandlers(keyRules(bounds), access, time),
                        new RoleHandlers(database, roleRules(), access),
                        new AuditHandlers(database, access)),
                added));
    }

    /**
     * Makes an API key that may do everything in one environment of an organization, and returns it; it cannot be had
     * again.
     *
     * @param name what people see it listed as
     */
    public String issueApiKey(UUID organization, Environment environment, String name) {
        return database.transact(handle -> {
            TokenIssue.Issued key = tokens.apiKey(
                    handle, TokenIssue.Reach.all(organization, environment), name, AuditTrail.INSTALLATION, null);
            audit.recordOwn(
                    handle,
                    organization,
                    "api_key.created",
                    Ids.text("key", key.token().id()));
            return key.secret().text();
        });
    }

    /**
     * Makes a personal token of the first administrator for the command line of this machine, and returns it;
     * it cannot be had again. Empty when there is no such user any more.
     *
     * @param name what people see it listed as
     */
    public Optional<String> issueAdministratorToken(String name) {
        return database.transact(handle -> UserStore.findByLogin(handle, settings.administrator())
                .map(user -> {
                    TokenIssue.Issued token = tokens.personal(
                            handle,
                            Account.require(handle).id(),
                            user.profile().id(),
                            name,
                            AuditTrail.INSTALLATION,
                            null);
                    audit.recordOwn(
                            handle,
                            null,
                            "token.created",
                            Ids.text("tok", token.token().id()));
                    return token.secret().text();
                }));
    }

    /** Ends the background work. The database must still be open. */
    @Override
    public void close() {
        apiKeys.close();
    }
}
