package dev.breakwater.events.delivery;

import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** What came back from a receiver: a response, or none for a reason (events.md 10.5). */
public sealed interface Reply {

    /** The most of a response body that is read and kept, in bytes. */
    int MAX_BODY = 16 * 1024;

    /** Why the attempt failed; empty when it succeeded. */
    Optional<ErrorCode> error();

    /** How long the receiver asks to wait before the next attempt, at most 24 hours. */
    Optional<Duration> retryAfter(Instant now);

    /**
     * No response head arrived.
     *
     * @param cause why not
     */
    record None(ErrorCode cause) implements Reply {
        @Override
        public Optional<ErrorCode> error() {
            return Optional.of(cause);
        }

        @Override
        public Optional<Duration> retryAfter(Instant now) {
            return Optional.empty();
        }
    }

    /**
     * A response.
     *
     * @param status the HTTP status
     * @param headers by lower-case name
     * @param body the first {@link #MAX_BODY} bytes as text
     */
    record Response(int status, Map<String, String> headers, String body) implements Reply {

        /** Takes out the one character that PostgreSQL does not keep in a text. */
        public Response {
            headers = headers.entrySet().stream()
                    .collect(Collectors.toMap(
                            Map.Entry::getKey, each -> storable(each.getValue()), (a, b) -> a, LinkedHashMap::new));
            body = storable(body);
        }

        private static String storable(String text) {
            return text.replace('\0', '\uFFFD');
        }

        private static final Duration LONGEST_WAIT = Duration.ofDays(1);
        private static final String SIGNATURE_REJECTED = "webhook_signature_invalid";

        @Override
        public Optional<ErrorCode> error() {
            if (status >= 200 && status < 300) {
                return Optional.empty();
            }
            return Optional.of(rejectsSignature() ? ErrorCode.WEBHOOK_SIGNATURE_INVALID : ErrorCode.HTTP_STATUS);
        }

        private boolean rejectsSignature() {
            if (status != 400 && status != 401 && status != 403) {
                return false;
            }
            if (SIGNATURE_REJECTED.equals(headers.get("harbor-error"))) {
                return true;
            }
            String text = body.toLowerCase(Locale.ROOT);
            return text.contains("invalid signature") || text.contains(SIGNATURE_REJECTED);
        }

        @Override
        public Optional<Duration> retryAfter(Instant now) {
            @Nullable String value = headers.get("retry-after");
            if (value == null) {
                return Optional.empty();
            }
            return (value.matches("[0-9]{1,9}")
                            ? Optional.of(Duration.ofSeconds(Long.parseLong(value)))
                            : until(value, now))
                    .filter(Duration::isPositive)
                    .map(wait -> wait.compareTo(LONGEST_WAIT) > 0 ? LONGEST_WAIT : wait);
        }

        private static Optional<Duration> until(String date, Instant now) {
            try {
                Instant then = ZonedDateTime.parse(date, DateTimeFormatter.RFC_1123_DATE_TIME)
                        .toInstant();
                return Optional.of(Duration.between(now, then));
            } catch (DateTimeParseException e) {
                return Optional.empty();
            }
        }
    }
}
