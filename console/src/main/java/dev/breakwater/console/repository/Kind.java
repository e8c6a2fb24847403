package dev.breakwater.console.repository;

import dev.breakwater.registry.ArtifactRegister;
import java.util.Locale;
import java.util.Map;

/** Calls artifacts, and what belongs to them, by names that people know. */
public final class Kind {

    private static final Map<String, String> TYPES = Map.of(
            "IMAGE", "image",
            "CHART", "Helm chart",
            "SBOM", "SBOM",
            "CNAB", "CNAB bundle",
            "WASM", "WebAssembly",
            "CNAI", "AI model");
    private static final Map<String, String> REFERRERS = Map.of(
            "signature.cosign", "Cosign signature",
            "signature.notation", "Notation signature",
            "sbom.harbor", "SBOM");
    private static final String UNKNOWN = "artifact";

    private Kind() {}

    /** What an artifact is. */
    public static String of(ArtifactRegister.Entry artifact) {
        boolean index =
                artifact.mediaType().contains(".index.") || artifact.mediaType().contains("manifest.list");
        if (index && artifact.type().equals("IMAGE")) {
            return artifact.platforms() > 0 ? "image" : "index";
        }
        String known = TYPES.getOrDefault(artifact.type(), "");
        if (!known.isEmpty()) {
            return known;
        }
        return artifact.type().equals("UNKNOWN")
                ? artifact.artifactType().map(Kind::byMediaType).orElse(UNKNOWN)
                : artifact.type().toLowerCase(Locale.ROOT);
    }

    /** What belongs to an artifact. */
    public static String of(ArtifactRegister.Referrer referrer) {
        String known = REFERRERS.getOrDefault(referrer.kind(), "");
        return known.isEmpty() ? byMediaType(referrer.artifactType()) : known;
    }

    private static String byMediaType(String type) {
        String text = type.toLowerCase(Locale.ROOT);
        if (text.contains("spdx") || text.contains("cyclonedx") || text.contains("sbom")) {
            return "SBOM";
        }
        if (text.contains("in-toto") || text.contains("slsa") || text.contains("attestation")) {
            return "attestation";
        }
        if (text.contains("sigstore") || text.contains("signature")) {
            return "signature";
        }
        return UNKNOWN;
    }
}
