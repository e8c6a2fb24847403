package dev.breakwater.registry.replication;

import java.time.Instant;

/**
 * A registry to which projects are copied, without its password (registry.md 1.4).
 *
 * @param id its number
 * @param name what people call it, unique
 * @param endpoint its address with its scheme and without a slash at the end, unique
 * @param username as whom it is called; empty for anonymous
 * @param type 0 for a Harbor, 1 for a plain registry
 * @param createdAt when it was added
 * @param updatedAt when it was last changed
 */
public record Target(
        long id, String name, String endpoint, String username, int type, Instant createdAt, Instant updatedAt) {

    /** One that has an API for projects, so that missing ones can be made there. */
    public static final int HARBOR = 0;

    /** Puts an address into the form in which it is kept: with a scheme, without slashes at the end. */
    public static String normalized(String endpoint) {
        String text = endpoint.strip();
        String address = text.contains("://") ? text : "http://" + text;
        int end = address.length();
        while (end > 0 && address.charAt(end - 1) == '/') {
            end--;
        }
        return address.substring(0, end);
    }
}
