package dev.breakwater.registry.current.project;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.project.Project;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** The settings of a project that callers may set: strings by key, truth values among them (registry.md 3.7). */
final class ProjectSettings {

    private static final Set<String> TRUTHS = Set.of(
            Project.PUBLIC,
            "enable_content_trust",
            "enable_content_trust_cosign",
            "prevent_vul",
            "auto_scan",
            "auto_sbom_generation",
            "reuse_sys_cve_allowlist",
            "proxy_cache_local_on_not_found");
    private static final Set<String> NUMBERS = Set.of("proxy_speed_kb", "max_upstream_conn");
    private static final String SEVERITY = "severity";
    private static final Set<String> SEVERITIES = Set.of("none", "negligible", "low", "medium", "high", "critical");

    private ProjectSettings() {}

    /** Whether callers may set it. */
    static boolean isKnown(String key) {
        return TRUTHS.contains(key) || NUMBERS.contains(key) || key.equals(SEVERITY);
    }

    /**
     * Those that mean something here; others are ignored.
     *
     * @throws Failure.Invalid when a value does not fit
     */
    static Map<String, String> known(Map<String, String> sent) {
        Map<String, String> known = new LinkedHashMap<>();
        sent.forEach((key, value) -> {
            if (isKnown(key)) {
                known.put(key, value(key, value));
            }
        });
        return known;
    }

    private static String value(String key, String text) {
        if (TRUTHS.contains(key)) {
            if (!text.equals("true") && !text.equals("false")) {
                throw new Failure.Invalid(
                        "metadata.%s should only be 'true' or 'false', but got: '%s'".formatted(key, text));
            }
            return text;
        }
        if (NUMBERS.contains(key)) {
            if (!text.matches("-1|[0-9]{1,9}")) {
                throw new Failure.Invalid("metadata.%s should be a number, but got: '%s'".formatted(key, text));
            }
            return text;
        }
        String severity = text.toLowerCase(Locale.ROOT);
        if (!SEVERITIES.contains(severity)) {
            throw new Failure.Invalid("invalid severity " + text);
        }
        return severity;
    }

    /** All of a project, as they are shown. */
    static Map<String, String> of(Project project) {
        Map<String, String> all = new LinkedHashMap<>(project.metadata());
        all.put(Project.PUBLIC, Boolean.toString(project.isPublic()));
        return all;
    }
}
