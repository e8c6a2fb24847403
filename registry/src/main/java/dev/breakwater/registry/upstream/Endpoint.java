package dev.breakwater.registry.upstream;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * All it takes to talk to a registry elsewhere.
 *
 * @param type what it is
 * @param url its address, {@code http} or {@code https}, as somebody typed it
 * @param login as whom; null for anonymous
 * @param insecure whether its certificate is taken unseen
 * @param certificate PEM of a certificate authority that is trusted for it besides the usual ones; null for none
 */
public record Endpoint(
        RegistryType type,
        URI url,
        @Nullable Login login,
        boolean insecure,
        @Nullable String certificate) {

    private static final Set<String> DOCKER_HUB = Set.of("hub.docker.com", "docker.io", "index.docker.io");
    private static final String DOCKER_HUB_API = "https://registry-1.docker.io";

    /**
     * Who calls.
     *
     * @param username or the access key
     * @param secret the password or the access secret
     */
    public record Login(String username, String secret) {
        @Override
        public String toString() {
            return "Login[username=" + username + "]";
        }
    }

    /** An address as a user types it; empty for anything but {@code http://host…} and {@code https://host…}. */
    public static Optional<URI> address(String text) {
        try {
            URI url = URI.create(text.strip());
            boolean http = "http".equals(url.getScheme()) || "https".equals(url.getScheme());
            return http && url.getHost() != null && url.getUserInfo() == null && url.getRawQuery() == null
                    ? Optional.of(url)
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The address of its distribution API, without {@code /v2}. */
    String api() {
        if (type == RegistryType.DOCKER_HUB && DOCKER_HUB.contains(url.getHost().toLowerCase(Locale.ROOT))) {
            return DOCKER_HUB_API;
        }
        String text = url.toString();
        int end = text.length();
        while (end > 0 && text.charAt(end - 1) == '/') {
            end--;
        }
        return text.substring(0, end);
    }

    /** The name there of a repository that callers know by {@code name}. */
    public String repository(String name) {
        return type == RegistryType.DOCKER_HUB && name.indexOf('/') < 0 ? "library/" + name : name;
    }

    /** Whether another is the same host, by the same scheme and port. */
    boolean isSameHost(Endpoint other) {
        URI mine = URI.create(api());
        URI theirs = URI.create(other.api());
        return mine.getScheme().equals(theirs.getScheme())
                && mine.getHost().equalsIgnoreCase(theirs.getHost())
                && mine.getPort() == theirs.getPort();
    }

    /** Whether everything goes over TLS. */
    boolean encrypted() {
        return api().startsWith("https:");
    }
}
