package dev.breakwater.kernel.crypto;

import com.google.crypto.tink.Aead;
import java.security.GeneralSecurityException;

/** A key that encrypts the secrets of one tenant with AES-256-GCM, each bound to the resource it belongs to. */
public final class SecretKey {

    private final Aead aead;

    SecretKey(Aead aead) {
        this.aead = aead;
    }

    /** Encrypts a secret and binds it to {@code context}, without which it cannot be decrypted. */
    public byte[] encrypt(byte[] plain, byte[] context) {
        try {
            return aead.encrypt(plain, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Encryption failed", e);
        }
    }

    /** Decrypts what {@link #encrypt} made with this key and for this context; anything else is a fault of ours. */
    public byte[] decrypt(byte[] encrypted, byte[] context) {
        try {
            return aead.decrypt(encrypted, context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A stored secret cannot be decrypted with this installation's keys", e);
        }
    }
}
