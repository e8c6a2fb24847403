package dev.breakwater.tenancy;

import dev.breakwater.kernel.failure.Failure;
import java.util.Optional;

/**
 * Hashes and verifies the secrets of callers that are no users, such as robots, whose hashes other capabilities keep.
 * A hash is Argon2id with its parameters and its salt, as of passwords. It may be verified with every request: what
 * has just been verified is remembered, never as text and only together with the hash it fitted, so a secret counts
 * no longer than its hash is the stored one. Guessing is slowed down as it is for passwords.
 */
public interface SecretHashes {

    /**
     * What to store of a secret. It takes long: call it before a transaction begins.
     *
     * @throws Failure.Unavailable when too many wait for their turn
     */
    String hash(String secret);

    /**
     * Whether a secret fits.
     *
     * @param name whose secret it is said to be, as the caller spelled it; failures are counted under it
     * @param secret what the caller shows
     * @param stored what {@link #hash} made of the right one; empty when there is no such name, which takes as long
     *     and does not fit
     * @param address from which the attempt comes
     * @throws Failure.TooManyRequests after too many failures
     * @throws Failure.Unavailable when too many wait for their turn
     */
    boolean verify(String name, String secret, Optional<String> stored, String address);
}
