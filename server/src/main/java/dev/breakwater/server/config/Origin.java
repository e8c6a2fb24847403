package dev.breakwater.server.config;

import java.nio.file.Path;

/** Where the value of a setting came from; its text is what the operator is shown. */
public sealed interface Origin {

    /** A line, counted from one, of a configuration file. */
    record File(Path path, int line) implements Origin {
        @Override
        public String toString() {
            return path + " line " + line;
        }
    }

    /** An environment variable. */
    record Variable(String name) implements Origin {
        @Override
        public String toString() {
            return "environment variable " + name;
        }
    }

    /** A command-line flag. */
    record Flag(String name) implements Origin {
        @Override
        public String toString() {
            return "flag " + name;
        }
    }

    /** Nobody said anything. */
    record Default() implements Origin {
        @Override
        public String toString() {
            return "default";
        }
    }
}
