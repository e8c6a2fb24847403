package dev.breakwater.registry.classic.dialect;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;

/**
 * Which page of a list is asked for, and the headers that lead to the others (registry.md 1.1, D1).
 *
 * @param page its number, from 1
 * @param size the most elements, 1 to 100
 */
public record ClassicPage(long page, int size) {

    private static final int USUAL_SIZE = 10;
    private static final int LARGEST_SIZE = 100;
    /** Behind any list, and far enough from the end of the numbers to reckon with. */
    private static final long LAST_PAGE = Long.MAX_VALUE / (4 * LARGEST_SIZE);

    /** Reads {@code page} and {@code page_size}; refuses what is not a number or below 1. */
    public static ClassicPage of(Call call) {
        return of(call, "page_size");
    }

    /** The same, where the size has another name too. */
    public static ClassicPage of(Call call, String otherName) {
        long page = number(call, "page", 1);
        long size = number(call, "page_size", number(call, otherName, USUAL_SIZE));
        return new ClassicPage(Math.min(page, LAST_PAGE), (int) Math.min(size, LARGEST_SIZE));
    }

    private static long number(Call call, String name, long usual) {
        String text = call.query(name).orElse("");
        OptionalLong number = text.isEmpty() ? OptionalLong.of(usual) : Numbers.parse(text);
        if (number.isEmpty() || number.getAsLong() < 1) {
            throw Refusal.invalidPlain("invalid " + name);
        }
        return number.getAsLong();
    }

    /** How many elements come before it. */
    public long offset() {
        return (page - 1) * size;
    }

    /** A 200 with the elements of this page and the headers about all. */
    public Answer answer(Call call, List<?> elements, long total) {
        Answer answer = PrettyJson.answer(elements).with("X-Total-Count", Long.toString(total));
        List<String> links = new ArrayList<>(2);
        if (page > 1 && offset() <= total) {
            links.add(link(call, page - 1, "prev"));
        }
        if (page * size < total) {
            links.add(link(call, page + 1, "next"));
        }
        return links.isEmpty() ? answer : answer.with("Link", String.join(", ", links));
    }

    private String link(Call call, long target, String relation) {
        Map<String, List<String>> parameters = new TreeMap<>();
        for (String pair : call.rawQuery().split("&", -1)) {
            if (!pair.isEmpty()) {
                String name = pair.split("=", 2)[0];
                parameters.computeIfAbsent(name, same -> new ArrayList<>()).add(pair.contains("=") ? pair : pair + "=");
            }
        }
        parameters.put("page", List.of("page=" + target));
        parameters.putIfAbsent("page_size", List.of("page_size=" + size));
        String query = String.join(
                "&", parameters.values().stream().flatMap(List::stream).toList());
        return "<" + call.path() + "?" + query.replace(">", "%3E") + ">; rel=\"" + relation + "\"";
    }
}
