package dev.breakwater.registry.upload;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.UUID;
import java.util.function.Supplier;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jspecify.annotations.Nullable;

/**
 * The ids of upload sessions. An id is half chance and half the seal of the installation on whose session it is and
 * where, so every node knows its own without a table. They are UUIDs of version 8, the one whose bits are free.
 */
final class SessionIds {

    private static final String SEAL = "HmacSHA256";
    private static final long VERSION = 0x8000;
    private static final long VARIANT = 0x8000_0000_0000_0000L;
    private static final int CHANCE_SHIFT = 16;
    private static final long LOW_12_BITS = 0xFFF;
    private static final long LOW_62_BITS = 0x3FFF_FFFF_FFFF_FFFFL;

    private final Supplier<SecretKeySpec> secrets;
    private final SecureRandom random = new SecureRandom();
    private volatile @Nullable SecretKeySpec secret;

    /** Seals with a secret that all nodes share; it is asked for at the first use. */
    SessionIds(Supplier<SecretKeySpec> secrets) {
        this.secrets = secrets;
    }

    /** A new id for somebody's session in a repository. */
    UUID issue(String repository, String owner) {
        return sealed(random.nextLong() << CHANCE_SHIFT, repository, owner);
    }

    /** Whether an id was issued for this owner and this repository. */
    boolean fits(UUID id, String repository, String owner) {
        return sealed(id.getMostSignificantBits() >>> CHANCE_SHIFT << CHANCE_SHIFT, repository, owner)
                .equals(id);
    }

    private UUID sealed(long chance, String repository, String owner) {
        ByteBuffer seal = ByteBuffer.wrap(seal(chance, repository, owner));
        long high = chance | VERSION | (seal.getLong() & LOW_12_BITS);
        return new UUID(high, VARIANT | (seal.getLong() & LOW_62_BITS));
    }

    private byte[] seal(long chance, String repository, String owner) {
        try {
            Mac mac = Mac.getInstance(SEAL);
            mac.init(secret());
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(0, chance));
            mac.update(repository.getBytes(StandardCharsets.UTF_8));
            // No name of a repository has a line feed, so nothing can be read in two ways.
            mac.update((byte) '\n');
            return mac.doFinal(owner.getBytes(StandardCharsets.UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC with SHA-256", e);
        }
    }

    private SecretKeySpec secret() {
        SecretKeySpec known = secret;
        if (known == null) {
            known = secrets.get();
            secret = known;
        }
        return known;
    }
}
