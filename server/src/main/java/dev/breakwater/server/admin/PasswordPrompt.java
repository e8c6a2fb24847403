package dev.breakwater.server.admin;

import dev.breakwater.server.StartException;
import java.io.ByteArrayOutputStream;
import java.io.Console;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Asks for a password without showing it, or reads a line where nobody can be asked. */
final class PasswordPrompt {

    private PasswordPrompt() {}

    static String ask(String what) {
        return Optional.ofNullable(System.console())
                .filter(Console::isTerminal)
                .map(console -> typed(console, what))
                .orElseGet(() -> line(System.in, what));
    }

    private static String typed(Console console, String what) {
        char @Nullable [] typed = console.readPassword("%s: ", what);
        if (typed == null) {
            throw missing(what);
        }
        return new String(typed);
    }

    /** Reads no further than the end of the line: the next password may follow. */
    private static String line(InputStream in, String what) {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        try {
            int next = in.read();
            if (next < 0) {
                throw missing(what);
            }
            while (next >= 0 && next != '\n') {
                line.write(next);
                next = in.read();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    private static StartException missing(String what) {
        return new StartException(what + " is missing: type it, or send it on the standard input.");
    }
}
