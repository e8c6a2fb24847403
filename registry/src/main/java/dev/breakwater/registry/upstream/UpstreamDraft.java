package dev.breakwater.registry.upstream;

import org.jspecify.annotations.Nullable;

/**
 * A registry elsewhere as somebody wants it.
 *
 * @param name what people are to call it
 * @param type what it is
 * @param url its address
 * @param description what people noted
 * @param login as whom it is called; null for anonymous
 * @param insecure whether its certificate is taken unseen
 * @param certificate PEM of a certificate authority that is trusted for it; null for none
 */
public record UpstreamDraft(
        String name,
        RegistryType type,
        String url,
        String description,
        Endpoint.@Nullable Login login,
        boolean insecure,
        @Nullable String certificate) {}
