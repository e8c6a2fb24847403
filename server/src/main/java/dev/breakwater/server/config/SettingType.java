package dev.breakwater.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How the text of a setting becomes a value, and how a person is told what may stand there. The parser throws
 * {@link IllegalArgumentException} for everything that {@code allowed} doesn't describe.
 */
record SettingType<T>(String allowed, Function<String, T> parser) {

    private static final Pattern AMOUNT = Pattern.compile("(\\d{1,9})\\s*([A-Za-z]+)");
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?");
    private static final Pattern KEY_PREFIX = Pattern.compile("([A-Za-z0-9._-]{1,100}/){0,8}");
    private static final Map<String, Duration> TIME_UNITS = Map.of(
            "ms", Duration.ofMillis(1),
            "s", Duration.ofSeconds(1),
            "m", Duration.ofMinutes(1),
            "h", Duration.ofHours(1),
            "d", Duration.ofDays(1));

    T parse(String text) {
        return parser.apply(text.strip());
    }

    static SettingType<String> text() {
        return new SettingType<>("any text", SettingType::nonEmpty);
    }

    static SettingType<String> keyPrefix() {
        return new SettingType<>(
                "nothing, or names of letters, digits, . _ and -, each followed by a slash",
                text -> require(text, KEY_PREFIX.matcher(text).matches()));
    }

    static SettingType<Path> path() {
        return new SettingType<>("a path", text -> Path.of(nonEmpty(text)));
    }

    static SettingType<String> host() {
        return new SettingType<>("a host name or IP address", SettingType::hostName);
    }

    static SettingType<URI> url(String scheme, String... more) {
        List<String> schemes = new ArrayList<>(List.of(more));
        schemes.addFirst(scheme);
        return new SettingType<>(
                "an absolute URL with " + String.join(" or ", schemes), text -> absolute(URI.create(text), schemes));
    }

    static SettingType<String> jdbcUrl() {
        String prefix = "jdbc:postgresql:";
        return new SettingType<>(prefix + "//host:port/database", text -> require(text, text.startsWith(prefix)));
    }

    static SettingType<Integer> wholeNumber(int least, int most) {
        return new SettingType<>("a whole number from " + least + " to " + most, text -> {
            int value = Integer.parseInt(text);
            return require(value, value >= least && value <= most);
        });
    }

    static SettingType<Double> fraction(double least, double most) {
        return new SettingType<>("a number from " + least + " to " + most, text -> {
            double value = Double.parseDouble(text);
            return require(value, value >= least && value <= most);
        });
    }

    static SettingType<Boolean> truth() {
        return new SettingType<>("true or false", text -> switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new IllegalArgumentException(text);
        });
    }

    static SettingType<Duration> duration(Duration least, Duration most) {
        return new SettingType<>(
                "a duration from " + spell(least) + " to " + spell(most) + ", as a number with ms, s, m, h or d",
                text -> {
                    Matcher amount = amount(text);
                    Duration unit = TIME_UNITS.get(amount.group(2));
                    if (unit == null) {
                        throw new IllegalArgumentException(text);
                    }
                    Duration value = unit.multipliedBy(Integer.parseInt(amount.group(1)));
                    return require(value, value.compareTo(least) >= 0 && value.compareTo(most) <= 0);
                });
    }

    static <E extends Enum<E>> SettingType<E> choice(Class<E> type) {
        List<E> values = List.of(type.getEnumConstants());
        List<String> names = values.stream()
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .toList();
        return new SettingType<>("one of " + String.join(", ", names), text -> {
            int index = names.indexOf(text);
            return values.get(require(index, index >= 0));
        });
    }

    static SettingType<String> network() {
        return new SettingType<>("an IP network such as 10.0.0.0/8 or fd00::/8", SettingType::networkOf);
    }

    /** Values separated by commas; an empty text is an empty list. */
    SettingType<List<T>> list() {
        return new SettingType<>(
                "a list, each of which is " + allowed,
                text -> text.isEmpty()
                        ? List.of()
                        : Arrays.stream(text.split(",", -1)).map(this::parse).toList());
    }

    /** An empty text is no value. */
    SettingType<Optional<T>> optional() {
        return new SettingType<>(
                allowed + ", or nothing", text -> text.isEmpty() ? Optional.empty() : Optional.of(parse(text)));
    }

    private static String spell(Duration duration) {
        if (duration.toMillisPart() != 0) {
            return duration.toMillis() + "ms";
        }
        for (String unit : List.of("d", "h", "m")) {
            Duration length = TIME_UNITS.getOrDefault(unit, Duration.ZERO);
            if (!duration.isZero() && duration.toSeconds() % length.toSeconds() == 0) {
                return duration.dividedBy(length) + unit;
            }
        }
        return duration.toSeconds() + "s";
    }

    private static Matcher amount(String text) {
        Matcher matcher = AMOUNT.matcher(text);
        return require(matcher, matcher.matches());
    }

    private static String nonEmpty(String text) {
        return require(text, !text.isEmpty());
    }

    private static String hostName(String text) {
        return require(text, HOST.matcher(text).matches() || text.contains(":"));
    }

    private static String networkOf(String text) {
        int slash = text.indexOf('/');
        InetAddress address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash));
        int bits = address.getAddress().length * Byte.SIZE;
        int length = slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1));
        return require(text, length >= 0 && length <= bits);
    }

    private static URI absolute(URI url, List<String> schemes) {
        return require(url, url.getHost() != null && schemes.contains(url.getScheme()));
    }

    private static <V> V require(V value, boolean valid) {
        if (!valid) {
            throw new IllegalArgumentException(String.valueOf(value));
        }
        return value;
    }
}
