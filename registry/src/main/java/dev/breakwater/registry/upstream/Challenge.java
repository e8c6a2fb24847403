package dev.breakwater.registry.upstream;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How a registry wants to be told who is calling, from {@code WWW-Authenticate} (registry.md 2.5).
 *
 * @param scheme {@code bearer} or {@code basic}
 * @param parameters by name in lower case
 */
record Challenge(String scheme, Map<String, String> parameters) {

    private static final Pattern PARAMETER =
            Pattern.compile("([A-Za-z_-]{1,64})\\s*=\\s*(?:\"([^\"]*+)\"|([^\\s\",]++))");

    /** The one to answer: for a token when there is one, else for a password. */
    static Optional<Challenge> of(List<String> headers) {
        return named("bearer", headers).or(() -> named("basic", headers));
    }

    private static Optional<Challenge> named(String scheme, List<String> headers) {
        for (String header : headers) {
            String text = header.strip();
            if (text.toLowerCase(Locale.ROOT).startsWith(scheme)) {
                Map<String, String> parameters = new LinkedHashMap<>();
                Matcher matcher = PARAMETER.matcher(text.substring(scheme.length()));
                while (matcher.find()) {
                    String value = matcher.group(2) == null ? matcher.group(3) : matcher.group(2);
                    parameters.putIfAbsent(matcher.group(1).toLowerCase(Locale.ROOT), value);
                }
                return Optional.of(new Challenge(scheme, parameters));
            }
        }
        return Optional.empty();
    }

    Optional<String> parameter(String name) {
        return Optional.ofNullable(parameters.get(name));
    }
}
