package dev.breakwater.tenancy.account;

import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.mapper.reflect.ConstructorMapper;

/**
 * The account: an installation has exactly one.
 *
 * @param id 22 characters of base64url, from 16 random bytes (delivery.md 1.2)
 * @param name what people call it
 * @param canary a key wrapped by the installation key, to recognize that key by
 * @param createdAt when it was made
 */
public record Account(String id, String name, byte[] canary, Instant createdAt) {

    private static final int ID_BYTES = 16;

    /** A new id: 22 characters that nobody can guess. */
    public static String newId() {
        byte[] bytes = new byte[ID_BYTES];
        new SecureRandom().nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /** The account, when the installation has been made. */
    public static Optional<Account> find(Handle handle) {
        return handle.createQuery("SELECT id, name, canary, created_at FROM tenancy.account")
                .map(ConstructorMapper.of(Account.class))
                .findOne();
    }

    /** The account, which exists once the module has started. */
    public static Account require(Handle handle) {
        return find(handle).orElseThrow(() -> new IllegalStateException("The account is gone"));
    }

    /** Adds the one account. */
    public static void insert(Handle handle, Account account) {
        handle.createUpdate("INSERT INTO tenancy.account (id, name, canary, created_at)"
                        + " VALUES (:id, :name, :canary, :createdAt)")
                .bindMethods(account)
                .execute();
    }
}
