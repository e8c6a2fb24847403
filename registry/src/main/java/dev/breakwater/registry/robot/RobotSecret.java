package dev.breakwater.registry.robot;

import java.security.SecureRandom;

/** Secrets of robots: 8 to 128 characters with an upper-case letter, a lower-case letter and a digit (registry.md 3.6). */
final class RobotSecret {

    private static final String UPPER = "ABCDEFGHIJKLMNOPQRSTUVWXYZ";
    private static final String LOWER = "abcdefghijklmnopqrstuvwxyz";
    private static final String DIGITS = "0123456789";
    private static final String ALL = UPPER + LOWER + DIGITS;
    private static final int SHORTEST = 8;
    private static final int LONGEST = 128;
    private static final int GENERATED = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private RobotSecret() {}

    static boolean isSound(String secret) {
        return secret.length() >= SHORTEST
                && secret.length() <= LONGEST
                && secret.chars().anyMatch(c -> UPPER.indexOf(c) >= 0)
                && secret.chars().anyMatch(c -> LOWER.indexOf(c) >= 0)
                && secret.chars().anyMatch(c -> DIGITS.indexOf(c) >= 0);
    }

    static String generate() {
        while (true) {
            StringBuilder secret = new StringBuilder(GENERATED);
            for (int i = 0; i < GENERATED; i++) {
                secret.append(ALL.charAt(RANDOM.nextInt(ALL.length())));
            }
            if (isSound(secret.toString())) {
                return secret.toString();
            }
        }
    }
}
