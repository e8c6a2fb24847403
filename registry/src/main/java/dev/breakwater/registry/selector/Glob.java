package dev.breakwater.registry.selector;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntPredicate;
import org.jspecify.annotations.Nullable;

/**
 * A pattern of names (registry.md 3.3): {@code *} is any text without a slash, {@code ?} any one character but a slash,
 * {@code **} as a whole part between slashes any number of parts, {@code [a-c]} one of these characters and
 * {@code [^a-c]} one of the others, <code>{a,b}</code> one of these patterns; after a backslash a character is itself.
 * The pattern is turned into a machine that reads each character once, so that no pattern is slow.
 */
public final class Glob {

    /** The most characters of a pattern. */
    public static final int LONGEST = 255;

    private static final int DEEPEST = 10;

    private final String pattern;
    private final List<State> states = new ArrayList<>();
    private final int start;

    /** Takes a character, or leads on without one when there is no test; negative means nowhere. */
    private record State(@Nullable IntPredicate test, int next, int other) {}

    private sealed interface Node {}

    private record One(IntPredicate test) implements Node {}

    private record Many(IntPredicate test) implements Node {}

    private record Choice(List<List<Node>> patterns) implements Node {}

    private Glob(String pattern) {
        this.pattern = pattern;
        Reader reader = new Reader(pattern);
        List<Node> nodes = reader.nodes(0);
        states.add(new State(null, -1, -1));
        start = build(nodes, 0);
    }

    /**
     * Reads a pattern.
     *
     * @throws IllegalArgumentException when it is too long, or a bracket or brace has no end
     */
    public static Glob parse(String pattern) {
        if (pattern.length() > LONGEST) {
            throw new IllegalArgumentException("the pattern is longer than " + LONGEST + " characters");
        }
        return new Glob(pattern);
    }

    private int build(List<Node> nodes, int end) {
        int next = end;
        for (Node node : nodes.reversed()) {
            next = build(node, next);
        }
        return next;
    }

    private int build(Node node, int next) {
        return switch (node) {
            case One(IntPredicate test) -> add(new State(test, next, -1));
            case Many(IntPredicate test) -> {
                int loop = add(new State(null, next, states.size() + 1));
                add(new State(test, loop, -1));
                yield loop;
            }
            case Choice(List<List<Node>> patterns) -> {
                int choice = build(patterns.getFirst(), next);
                for (List<Node> pattern : patterns.subList(1, patterns.size())) {
                    choice = add(new State(null, build(pattern, next), choice));
                }
                yield choice;
            }
        };
    }

    private int add(State state) {
        states.add(state);
        return states.size() - 1;
    }

    /** Whether a name fits as a whole. */
    public boolean matches(String name) {
        BitSet current = new BitSet(states.size());
        enter(start, current);
        for (int at = 0; at < name.length() && !current.isEmpty(); ) {
            int character = name.codePointAt(at);
            BitSet following = new BitSet(states.size());
            current.stream().forEach(number -> {
                State state = states.get(number);
                if (state.test() != null && state.test().test(character)) {
                    enter(state.next(), following);
                }
            });
            current = following;
            at += Character.charCount(character);
        }
        return current.get(0);
    }

    private void enter(int number, BitSet reached) {
        if (number < 0 || reached.get(number)) {
            return;
        }
        reached.set(number);
        State state = states.get(number);
        if (state.test() == null) {
            enter(state.next(), reached);
            enter(state.other(), reached);
        }
    }

    /** As it was written. */
    @Override
    public String toString() {
        return pattern;
    }

    private static boolean isAny(int character) {
        return true;
    }

    private static boolean isNoSlash(int character) {
        return character != '/';
    }

    /** Reads a pattern from its first character to its last. */
    private static final class Reader {

        private final String text;
        private int at;

        Reader(String text) {
            this.text = text;
        }

        /** All up to the end, or up to a comma or closing brace when within braces. */
        List<Node> nodes(int depth) {
            List<Node> nodes = new ArrayList<>();
            while (at < text.length() && !(depth > 0 && (peek() == ',' || peek() == '}'))) {
                nodes.add(node(depth));
            }
            return nodes;
        }

        private int peek() {
            return text.codePointAt(at);
        }

        private int take() {
            int character = peek();
            at += Character.charCount(character);
            return character;
        }

        private Node node(int depth) {
            int begin = at;
            int character = take();
            return switch (character) {
                case '*' -> stars(begin);
                case '?' -> new One(Glob::isNoSlash);
                case '[' -> new One(set());
                case '{' -> choice(depth);
                case '\\' -> one(at < text.length() ? take() : character);
                default -> one(character);
            };
        }

        private static Node one(int character) {
            return new One(other -> other == character);
        }

        private Node stars(int begin) {
            while (at < text.length() && peek() == '*') {
                at++;
            }
            if (at - begin != 2 || !isBorder(begin - 1, "/{,") || !isBorder(at, "/},")) {
                return new Many(Glob::isNoSlash);
            }
            if (at < text.length() && peek() == '/') {
                at++;
                return new Choice(List.of(List.of(), List.of(new Many(Glob::isAny), one('/'))));
            }
            return new Many(Glob::isAny);
        }

        private boolean isBorder(int index, String borders) {
            return index < 0 || index >= text.length() || borders.indexOf(text.charAt(index)) >= 0;
        }

        private IntPredicate set() {
            boolean others = at < text.length() && (peek() == '^' || peek() == '!');
            if (others) {
                at++;
            }
            IntPredicate set = character -> false;
            for (boolean first = true; ; first = false) {
                if (at >= text.length()) {
                    throw new IllegalArgumentException("a bracket of the pattern has no end");
                }
                int low = take();
                if (low == ']' && !first) {
                    break;
                }
                set = set.or(range(escaped(low)));
            }
            return (others ? set.negate() : set).and(Glob::isNoSlash);
        }

        private IntPredicate range(int low) {
            if (at + 1 < text.length() && peek() == '-' && text.charAt(at + 1) != ']') {
                at++;
                int high = escaped(take());
                return character -> character >= low && character <= high;
            }
            return character -> character == low;
        }

        private int escaped(int character) {
            return character == '\\' && at < text.length() ? take() : character;
        }

        private Node choice(int depth) {
            if (depth == DEEPEST) {
                throw new IllegalArgumentException("the braces of the pattern lie too deep in each other");
            }
            List<List<Node>> patterns = new ArrayList<>();
            while (true) {
                patterns.add(nodes(depth + 1));
                if (at >= text.length()) {
                    throw new IllegalArgumentException("a brace of the pattern has no end");
                }
                if (take() == '}') {
                    return new Choice(patterns);
                }
            }
        }
    }
}
