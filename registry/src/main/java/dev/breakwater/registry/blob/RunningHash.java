package dev.breakwater.registry.blob;

import java.security.MessageDigest;

/** The SHA-256 of an upload as far as it has been computed. */
final class RunningHash {

    private final MessageDigest computation;
    private long length;

    /** Of no bytes. */
    RunningHash() {
        this(Digest.Algorithm.SHA256.start(), 0);
    }

    private RunningHash(MessageDigest computation, long length) {
        this.computation = computation;
        this.length = length;
    }

    /** How many bytes it covers. */
    long length() {
        return length;
    }

    void add(byte[] bytes, int count) {
        computation.update(bytes, 0, count);
        length += count;
    }

    /** The digest of what it covers; it can go on after that. */
    Digest digest() {
        return Digest.Algorithm.SHA256.finish(copy().computation);
    }

    /** One that goes its own way from here. */
    RunningHash copy() {
        try {
            return new RunningHash((MessageDigest) computation.clone(), length);
        } catch (CloneNotSupportedException e) {
            throw new IllegalStateException("The platform's SHA-256 can be copied", e);
        }
    }
}
