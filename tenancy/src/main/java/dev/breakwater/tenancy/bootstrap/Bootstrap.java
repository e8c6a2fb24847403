package dev.breakwater.tenancy.bootstrap;

import dev.breakwater.kernel.crypto.InstallationKey;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.id.Ids;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.tenancy.Installation;
import dev.breakwater.tenancy.InstallationMismatch;
import dev.breakwater.tenancy.NewPassword;
import dev.breakwater.tenancy.TenancySettings;
import dev.breakwater.tenancy.UserProfile;
import dev.breakwater.tenancy.account.Account;
import dev.breakwater.tenancy.audit.AuditTrail;
import dev.breakwater.tenancy.organization.Organization;
import dev.breakwater.tenancy.organization.OrganizationStore;
import dev.breakwater.tenancy.user.Passwords;
import dev.breakwater.tenancy.user.User;
import dev.breakwater.tenancy.user.UserStore;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.util.UUID;
import org.jdbi.v3.core.Handle;

/**
 * Turns an empty database into an installation: the account, the organization {@code default} and the administrator.
 * On any other database it only checks that the installation key belongs to it. Nodes that start at the same time
 * take turns.
 */
public final class Bootstrap {

    /** Any number that no other advisory lock of this database uses. */
    private static final long TURN = 0x6272_6561_6b77_6174L;

    private static final byte[] CANARY_CONTEXT = "installation".getBytes(StandardCharsets.UTF_8);

    private final Database database;
    private final InstallationKey installationKey;
    private final TenancySettings settings;
    private final Passwords passwords;
    private final AuditTrail audit;
    private final TimeSource time;
    private final Ids ids;

    /** Needs a database whose schema is up to date. */
    public Bootstrap(
            Database database,
            InstallationKey installationKey,
            TenancySettings settings,
            Passwords passwords,
            AuditTrail audit,
            TimeSource time,
            Ids ids) {
        this.database = database;
        this.installationKey = installationKey;
        this.settings = settings;
        this.passwords = passwords;
        this.audit = audit;
        this.time = time;
        this.ids = ids;
    }

    /**
     * Makes what is missing.
     *
     * @throws InstallationMismatch when the database belongs to another installation key
     */
    public Installation run() {
        return database.transact(handle -> {
            handle.execute("SELECT pg_advisory_xact_lock(?)", TURN);
            Account account = Account.find(handle).orElseGet(() -> create(handle));
            check(account);
            replaceDefaultPassword(handle);
            Organization organization = OrganizationStore.find(handle, Organization.DEFAULT)
                    .orElseThrow(() -> new IllegalStateException("The organization 'default' is gone"));
            return new Installation(account.id(), organization.id(), UserStore.hasDefaultPassword(handle));
        });
    }

    private Account create(Handle handle) {
        Instant now = time.instant();
        Account account = new Account(Account.newId(), "Breakwater", installationKey.newKey(CANARY_CONTEXT), now);
        Account.insert(handle, account);
        OrganizationStore.insert(
                handle, new Organization(ids.next(), Organization.DEFAULT, "Default organization", now));
        NewPassword password = passwords.ready(settings.administratorPassword());
        UserStore.insert(handle, new User(administrator(now), password.hash(), password.wellKnown()));
        audit.recordOwn(handle, null, "installation.created", account.id());
        return account;
    }

    /** The user 1 that users of the registry know (registry.md 1.3). */
    private UserProfile administrator(Instant now) {
        return new UserProfile(
                ids.next(),
                UserProfile.FIRST,
                settings.administrator(),
                "admin@example.com",
                "system admin",
                "admin user",
                true,
                false,
                now,
                now,
                now);
    }

    private void check(Account account) {
        try {
            installationKey.open(account.canary(), CANARY_CONTEXT);
        } catch (GeneralSecurityException e) {
            throw new InstallationMismatch(
                    "The installation key does not belong to this database: its secrets cannot be decrypted."
                            + " Use the key file that the database was created with, or an empty database.",
                    e);
        }
    }

    /** A configured password takes the place of the default one, and of no other. */
    private void replaceDefaultPassword(Handle handle) {
        String password = settings.administratorPassword();
        if (password.equals(TenancySettings.DEFAULT_PASSWORD)) {
            return;
        }
        UserStore.findByLogin(handle, settings.administrator())
                .filter(User::defaultPassword)
                .ifPresent(administrator -> {
                    UUID id = administrator.profile().id();
                    UserStore.setPassword(handle, id, passwords.ready(password), time.instant());
                    audit.recordOwn(handle, null, "user.password_changed", Ids.text("usr", id));
                });
    }
}
