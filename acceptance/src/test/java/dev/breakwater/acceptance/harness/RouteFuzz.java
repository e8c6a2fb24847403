package dev.breakwater.acceptance.harness;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Sends requests to the routes of an API that make little sense, the same ones in each run, and holds that none is a
 * fault of the server. Requests that were valid once are what {@link Fuzz} sends.
 */
public final class RouteFuzz {

    private static final Pattern PARAMETER = Pattern.compile("\\{[^}]*}");
    private static final int LONGEST_TARGET = 7_000;

    private static final List<String> JSON = List.of(
            "null",
            "true",
            "0",
            "1",
            "-1",
            "1e400",
            "1.5",
            "99999999999999999999999",
            "\"\"",
            "\"x\"",
            "\"high\"",
            "\"\\u0000\"",
            "\"\\ud800\"",
            "\"" + "y".repeat(2_000) + "\"",
            "[]",
            "[1]",
            "[9223372036854775807]",
            "[[[[]]]]",
            "{}");

    private final Random random;
    private final Words words;
    private final List<String> json;
    private UnaryOperator<String> pathValues;
    private UnaryOperator<String> queryValues;
    private BiPredicate<String, String> spared = (target, body) -> false;
    private boolean slashesStay;

    /**
     * Of what requests are made.
     *
     * @param values of parameters
     * @param names of parameters in queries
     * @param members of bodies
     * @param json values of members, beside those that every API is sent
     */
    public record Words(List<String> values, List<String> names, List<String> members, List<String> json) {}

    /** Makes requests of these words; the seed decides which. */
    public RouteFuzz(long seed, Words words) {
        this.random = new Random(seed);
        this.words = words;
        this.json = Stream.concat(JSON.stream(), words.json().stream()).toList();
        this.pathValues = parameter -> one(words.values());
        this.queryValues = name -> one(words.values());
    }

    /** Asks for the value of a parameter of a path, which is given with its braces. */
    public RouteFuzz pathValues(UnaryOperator<String> values) {
        pathValues = values;
        return this;
    }

    /** Asks for the value of a parameter of a query. */
    public RouteFuzz queryValues(UnaryOperator<String> values) {
        queryValues = values;
        return this;
    }

    /** Sends no request whose target and body fit. */
    public RouteFuzz sparing(BiPredicate<String, String> these) {
        spared = these;
        return this;
    }

    /** Slashes in values are not escaped. */
    public RouteFuzz withSlashes() {
        slashesStay = true;
        return this;
    }

    /** One of these. */
    public <T> T one(List<T> these) {
        return these.get(random.nextInt(these.size()));
    }

    /** Whether something comes that comes once in so many times. */
    public boolean onceIn(int times) {
        return random.nextInt(times) == 0;
    }

    /** Sends so many requests, and returns which statuses were answered; none may be one that {@code isFault}. */
    public Set<Integer> run(
            int requests, List<String> methods, List<String> routes, List<Client> callers, Predicate<Integer> isFault) {
        List<String> faults = new ArrayList<>();
        Set<Integer> statuses = new TreeSet<>();
        for (int i = 0; i < requests; i++) {
            String method = one(methods);
            String target = target(one(routes));
            String body = method.equals("GET") || method.equals("HEAD") ? "" : body();
            Client caller = one(callers);
            if (!spared.test(target, body)) {
                int status = caller.send(method, target, body.getBytes(StandardCharsets.UTF_8))
                        .status();
                statuses.add(status);
                if (isFault.test(status)) {
                    faults.add(method + " " + target + " " + body + " → " + status);
                }
            }
        }
        assertThat(faults).isEmpty();
        return statuses;
    }

    private String target(String route) {
        Matcher parameters = PARAMETER.matcher(route);
        StringBuilder target = new StringBuilder();
        while (parameters.find()) {
            String value = pathValues.apply(parameters.group());
            parameters.appendReplacement(target, Matcher.quoteReplacement(encoded(value)));
        }
        parameters.appendTail(target);
        char separator = '?';
        for (int i = random.nextInt(4); i > 0; i--) {
            String name = one(words.names());
            target.append(separator).append(name).append('=').append(encoded(queryValues.apply(name)));
            separator = '&';
        }
        return target.length() < LONGEST_TARGET ? target.toString() : route;
    }

    private String body() {
        return switch (random.nextInt(8)) {
            case 0 -> "";
            case 1 -> one(json);
            case 2 -> "{\"name\": ";
            default -> {
                StringBuilder object = new StringBuilder("{");
                for (int i = random.nextInt(6); i > 0; i--) {
                    object.append(object.length() > 1 ? "," : "")
                            .append('"')
                            .append(one(words.members()))
                            .append("\":")
                            .append(one(json));
                }
                yield object + "}";
            }
        };
    }

    private String encoded(String text) {
        String encoded = URLEncoder.encode(text, StandardCharsets.UTF_8).replace("+", "%20");
        return slashesStay ? encoded.replace("%2F", "/") : encoded;
    }
}
