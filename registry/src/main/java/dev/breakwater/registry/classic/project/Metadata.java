package dev.breakwater.registry.classic.project;

import dev.breakwater.registry.classic.dialect.ClassicBody;
import dev.breakwater.registry.classic.dialect.Refusal;
import dev.breakwater.registry.classic.dialect.Truth;
import dev.breakwater.registry.project.Project;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * The settings of a project that the 2017 API knows, as strings by key (registry.md 1.6). The members of its project
 * object and those of the present-day API are views of the same (decision D14).
 */
final class Metadata {

    static final String PUBLIC = "public";
    static final String CONTENT_TRUST = "enable_content_trust";
    static final String PREVENT_VULNERABLE = "prevent_vul";
    static final String SEVERITY = "severity";
    static final String AUTOMATIC_SCAN = "auto_scan";

    private static final List<String> KEYS =
            List.of(PUBLIC, CONTENT_TRUST, PREVENT_VULNERABLE, SEVERITY, AUTOMATIC_SCAN);
    private static final Set<String> SEVERITIES = Set.of("negligible", "low", "medium", "high");

    private Metadata() {}

    /** Those of a project. */
    static Map<String, String> of(Project project) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put(PUBLIC, Boolean.toString(project.isPublic()));
        for (String key : KEYS) {
            project.setting(key).ifPresent(value -> all.put(key, value));
        }
        return all;
    }

    /** The pairs that mean something here; refuses those whose value does not fit. */
    static Map<String, String> known(Map<String, String> sent) {
        Map<String, String> known = new LinkedHashMap<>();
        for (String key : KEYS) {
            if (sent.containsKey(key)) {
                known.put(key, value(key, String.valueOf(sent.get(key))));
            }
        }
        return known;
    }

    private static String value(String key, String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        boolean fits = key.equals(SEVERITY)
                ? SEVERITIES.contains(lower)
                : Truth.parse(text).isPresent();
        if (!fits) {
            throw Refusal.invalid("invalid " + key + " " + text);
        }
        return key.equals(SEVERITY) ? lower : Boolean.toString(Truth.parse(text).orElseThrow());
    }

    /** The four of them that the body of a new project may hold: a group that counts as a whole or not at all (D2). */
    static Map<String, String> ofNewProject(ClassicBody body) {
        boolean trust = body.isOn("enable_content_trust");
        boolean prevent = body.isOn("prevent_vulnerable_images_from_running");
        boolean scan = body.isOn("automatically_scan_images_on_push");
        String severity = body.string("prevent_vulnerable_images_from_running_severity");
        Map<String, String> set = new LinkedHashMap<>();
        if (severity.isEmpty() || SEVERITIES.contains(severity)) {
            putIf(set, trust, CONTENT_TRUST, "true");
            putIf(set, prevent, PREVENT_VULNERABLE, "true");
            putIf(set, !severity.isEmpty(), SEVERITY, severity);
            putIf(set, scan, AUTOMATIC_SCAN, "true");
        }
        return set;
    }

    private static void putIf(Map<String, String> map, boolean condition, String key, String value) {
        if (condition) {
            map.put(key, value);
        }
    }
}
