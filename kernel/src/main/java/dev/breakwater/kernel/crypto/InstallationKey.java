package dev.breakwater.kernel.crypto;

import com.google.crypto.tink.Aead;
import com.google.crypto.tink.Configuration;
import com.google.crypto.tink.InsecureSecretKeyAccess;
import com.google.crypto.tink.KeysetHandle;
import com.google.crypto.tink.TinkJsonProtoKeysetFormat;
import com.google.crypto.tink.TinkProtoKeysetFormat;
import com.google.crypto.tink.aead.AeadConfig2026;
import com.google.crypto.tink.aead.PredefinedAeadParameters;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.GeneralSecurityException;

/**
 * The key of the installation: a Tink AES-256-GCM key set in a file that only its owner can read. It encrypts
 * nothing but the keys of organizations; every node of an installation needs the same file, and whoever loses it
 * loses the secrets.
 */
public final class InstallationKey {

    private static final Configuration TINK = AeadConfig2026.get();
    private static final FileAttribute<?> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

    private final Aead aead;

    private InstallationKey(KeysetHandle keys) throws GeneralSecurityException {
        aead = keys.getPrimitive(TINK, Aead.class);
    }

    /**
     * Reads the key, or makes a new one where there is none yet.
     *
     * @throws IOException when the file cannot be read or written, or is not a key
     */
    public static InstallationKey loadOrCreate(Path file) throws IOException {
        try {
            if (!Files.exists(file)) {
                create(file);
            }
            return new InstallationKey(
                    TinkJsonProtoKeysetFormat.parseKeyset(Files.readString(file), TINK, InsecureSecretKeyAccess.get()));
        } catch (GeneralSecurityException e) {
            throw new IOException("The installation key in " + file + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static void create(Path file) throws IOException, GeneralSecurityException {
        KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK);
        String text = TinkJsonProtoKeysetFormat.serializeKeyset(keys, TINK, InsecureSecretKeyAccess.get());
        Path folder = file.toAbsolutePath().getParent();
        Files.createDirectories(folder);
        Path fresh = Files.createTempFile(folder, "installation", ".new", OWNER_ONLY);
        try {
            Files.writeString(fresh, text);
            // A link, unlike a rename, never replaces a key that another process has made meanwhile.
            if (!Files.exists(file)) {
                Files.createLink(file, fresh);
            }
        } finally {
            Files.deleteIfExists(fresh);
        }
    }

    /** Makes a new key that only this installation can open, and only for {@code context}. */
    public byte[] newKey(byte[] context) {
        try {
            KeysetHandle keys = KeysetHandle.generateNew(PredefinedAeadParameters.AES256_GCM, TINK);
            return TinkProtoKeysetFormat.serializeEncryptedKeyset(keys, aead, context, TINK);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("A key could not be made", e);
        }
    }

    /**
     * Opens a key that {@link #newKey} made.
     *
     * @throws GeneralSecurityException when another installation made it, or for another context
     */
    public SecretKey open(byte[] wrapped, byte[] context) throws GeneralSecurityException {
        KeysetHandle keys = TinkProtoKeysetFormat.parseEncryptedKeyset(wrapped, aead, context, TINK);
        return new SecretKey(keys.getPrimitive(TINK, Aead.class));
    }
}
