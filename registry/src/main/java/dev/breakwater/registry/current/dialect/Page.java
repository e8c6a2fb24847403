package dev.breakwater.registry.current.dialect;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import tools.jackson.databind.JsonNode;

/**
 * Which part of a list to answer (registry.md 3.1).
 *
 * @param number the first page is 1
 * @param size how many items a page has
 */
public record Page(long number, int size) {

    private static final int USUAL = 10;
    private static final int MOST = 100;
    /** What clients get that ask for a page of no size, by which they mean everything. */
    private static final int ALL = 1_000;

    /** Behind any list, and far enough from the end of the numbers to reckon with. */
    private static final long LAST = 1_000_000_000L;

    /** The page that a call asks for. */
    public static Page of(Call call) {
        long number = Numbers.query(call, "page").orElse(1);
        long size = Numbers.query(call, "page_size").orElse(USUAL);
        if (number <= 1 && (size == 0 || size == -1)) {
            return new Page(1, ALL);
        }
        if (number < 1) {
            throw new Failure.Unprocessable("page in query should be greater than or equal to 1");
        }
        if (size < 1) {
            throw new Failure.Unprocessable("page_size in query should be greater than or equal to 1");
        }
        if (size > MOST) {
            throw new Failure.Unprocessable("page_size in query should be less than or equal to " + MOST);
        }
        return new Page(Math.min(number, LAST), (int) size);
    }

    /** How many items come before it. */
    public long offset() {
        return (number - 1) * size;
    }

    /** The part of a whole list that this page is. */
    public <T> List<T> of(List<T> all) {
        int from = (int) Math.min(offset(), all.size());
        return all.subList(from, Math.min(from + size, all.size()));
    }

    /** The answer with a page of a list, with the headers that lead on. */
    public Answer answer(Call call, List<? extends JsonNode> items, long total) {
        Answer answer = Shape.answer(Shape.list(items)).with("X-Total-Count", Long.toString(total));
        List<String> links = new ArrayList<>();
        if (number > 1 && offset() <= total) {
            links.add(link(call, number - 1, "prev"));
        }
        if (number * size < total) {
            links.add(link(call, number + 1, "next"));
        }
        return links.isEmpty() ? answer : answer.with("Link", String.join(" , ", links));
    }

    private String link(Call call, long page, String relation) {
        Map<String, List<String>> query = new TreeMap<>();
        for (String pair : call.rawQuery().split("&", -1)) {
            int equals = pair.indexOf('=');
            String key = decode(equals < 0 ? pair : pair.substring(0, equals));
            if (!key.isEmpty()) {
                query.computeIfAbsent(key, any -> new ArrayList<>())
                        .add(decode(equals < 0 ? "" : pair.substring(equals + 1)));
            }
        }
        query.put("page", List.of(Long.toString(page)));
        query.put("page_size", List.of(Integer.toString(size)));
        StringBuilder link = new StringBuilder("<").append(call.path());
        char separator = '?';
        for (Map.Entry<String, List<String>> parameter : query.entrySet()) {
            for (String value : parameter.getValue()) {
                link.append(separator)
                        .append(encode(parameter.getKey()))
                        .append('=')
                        .append(encode(value));
                separator = '&';
            }
        }
        return link.append(">; rel=\"").append(relation).append('"').toString();
    }

    private static String decode(String text) {
        return URLDecoder.decode(text, StandardCharsets.UTF_8);
    }

    private static String encode(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }
}
