package dev.breakwater.registry.blob;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Optional;

/**
 * The name of content by its hash, {@code sha256:} and 64 hexadecimal digits or {@code sha512:} and 128
 * (registry.md 2.1). Two digests are equal when their texts are; the same content may have one of each algorithm.
 *
 * @param algorithm with which the content was hashed
 * @param hex the hash in lower-case hexadecimal digits
 */
public record Digest(Algorithm algorithm, String hex) {

    /** The hash functions that name content. */
    public enum Algorithm {
        /** What all clients use. */
        SHA256("sha256", "SHA-256", 64),
        /** What the specification also allows. */
        SHA512("sha512", "SHA-512", 128);

        private final String label;
        private final String javaName;
        private final int digits;

        Algorithm(String label, String javaName, int digits) {
            this.label = label;
            this.javaName = javaName;
            this.digits = digits;
        }

        /** The name before the colon. */
        public String label() {
            return label;
        }

        /** A fresh computation. */
        public MessageDigest start() {
            try {
                return MessageDigest.getInstance(javaName);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has " + javaName, e);
            }
        }

        /** The digest that a finished computation gives; the computation starts anew. */
        public Digest finish(MessageDigest computation) {
            return new Digest(this, HexFormat.of().formatHex(computation.digest()));
        }

        /** The algorithm with this name before the colon; empty for one that is not supported. */
        public static Optional<Algorithm> named(String label) {
            for (Algorithm algorithm : values()) {
                if (algorithm.label.equals(label)) {
                    return Optional.of(algorithm);
                }
            }
            return Optional.empty();
        }
    }

    /** Reads a digest; anything but a supported algorithm, a colon and its number of lower-case digits is empty. */
    public static Optional<Digest> parse(String text) {
        int colon = text.indexOf(':');
        if (colon < 0) {
            return Optional.empty();
        }
        String hex = text.substring(colon + 1);
        return Algorithm.named(text.substring(0, colon))
                .filter(algorithm -> hex.length() == algorithm.digits && isLowerHex(hex))
                .map(algorithm -> new Digest(algorithm, hex));
    }

    /** The SHA-256 digest of bytes in memory. */
    public static Digest sha256(byte[] content) {
        return of(Algorithm.SHA256, content);
    }

    /** The digest of bytes in memory. */
    public static Digest of(Algorithm algorithm, byte[] content) {
        MessageDigest computation = algorithm.start();
        computation.update(content);
        return algorithm.finish(computation);
    }

    private static boolean isLowerHex(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if ((c < '0' || c > '9') && (c < 'a' || c > 'f')) {
                return false;
            }
        }
        return true;
    }

    /** The hash as bytes. */
    public byte[] bytes() {
        return HexFormat.of().parseHex(hex);
    }

    /** As it is written everywhere, {@code sha256:…}. */
    @Override
    public String toString() {
        return algorithm.label + ":" + hex;
    }
}
