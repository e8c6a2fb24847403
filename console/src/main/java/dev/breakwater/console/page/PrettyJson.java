package dev.breakwater.console.page;

/** Sets JSON out for reading. Only white space is added: numbers and strings stay as they were sent. */
public final class PrettyJson {

    private static final String INDENT = "  ";
    private static final int DEEPEST_INDENT = 40;

    private PrettyJson() {}

    /** The same JSON on several lines. */
    public static String of(String json) {
        StringBuilder out = new StringBuilder(json.length() * 3 / 2);
        int depth = 0;
        boolean inString = false;
        for (int i = 0; i < json.length(); i++) {
            char c = json.charAt(i);
            if (inString) {
                out.append(c);
                if (c == '\\' && i + 1 < json.length()) {
                    out.append(json.charAt(++i));
                } else if (c == '"') {
                    inString = false;
                }
            } else if (c == '"') {
                inString = true;
                out.append(c);
            } else if (c == '{' || c == '[') {
                char next = next(json, i);
                if (next == '}' || next == ']') {
                    out.append(c).append(next);
                    i = json.indexOf(next, i);
                } else {
                    out.append(c);
                    line(out, ++depth);
                }
            } else if (c == '}' || c == ']') {
                line(out, --depth);
                out.append(c);
            } else if (c == ',') {
                out.append(c);
                line(out, depth);
            } else if (c == ':') {
                out.append(": ");
            } else if (!Character.isWhitespace(c)) {
                out.append(c);
            }
        }
        return out.toString();
    }

    private static char next(String json, int at) {
        for (int i = at + 1; i < json.length(); i++) {
            if (!Character.isWhitespace(json.charAt(i))) {
                return json.charAt(i);
            }
        }
        return 0;
    }

    private static void line(StringBuilder out, int depth) {
        out.append('\n').append(INDENT.repeat(Math.clamp(depth, 0, DEEPEST_INDENT)));
    }
}
