package dev.breakwater.server.config;

import java.util.List;

/** Settings that can't be used: every problem with its place, what is wrong, and what would be right. */
public final class ConfigurationException extends RuntimeException {

    private final List<String> problems;

    public ConfigurationException(List<String> problems) {
        super(String.join("\n", problems));
        this.problems = List.copyOf(problems);
    }

    public List<String> problems() {
        return problems;
    }
}
