package dev.breakwater.console.asset;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.Call;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The files that pages load. All are read once, at the start; the address of each holds a hash of its content, so
 * browsers keep it for good and never show a page with the stylesheet of another version.
 */
public final class Assets {

    /** Where they are served. */
    public static final String PREFIX = "/assets";

    private static final String FOLDER = "/dev/breakwater/console/assets/";
    private static final int HASH_LENGTH = 12;
    private static final String FOR_GOOD = "public, max-age=31536000, immutable";
    private static final List<File> FILES = List.of(
            new File("console.css", "text/css; charset=utf-8"),
            new File("console.js", "text/javascript; charset=utf-8"),
            new File("explorer.js", "text/javascript; charset=utf-8"),
            new File("htmx.js", "text/javascript; charset=utf-8"),
            new File("htmx-LICENSE.txt", "text/plain; charset=utf-8"),
            new File("icon.svg", "image/svg+xml"));

    private final Map<String, String> addresses = new HashMap<>();
    private final Map<String, Served> served = new HashMap<>();

    private record File(String name, String type) {}

    private record Served(String type, byte[] plain, byte @Nullable [] gzipped) {}

    /** Reads them. */
    public Assets() {
        for (File file : FILES) {
            byte[] content = read(file.name());
            String name = named(file.name(), content);
            byte[] gzipped = gzip(content);
            addresses.put(file.name(), PREFIX + "/" + name);
            served.put(
                    name, new Served(file.type(), content, gzipped.length < content.length * 9 / 10 ? gzipped : null));
        }
    }

    /** The address of a file, for example of {@code console.css}. */
    public String address(String file) {
        @Nullable String address = addresses.get(file);
        if (address == null) {
            throw new IllegalArgumentException("There is no asset " + file);
        }
        return address;
    }

    /** {@code GET /assets/{name}}. */
    public Answer serve(Call call) {
        @Nullable Served file = served.get(call.pathParameter("name"));
        if (file == null) {
            throw new Failure.NotFound("There is no such file. Load the page anew to get its present parts.");
        }
        byte @Nullable [] gzipped = acceptsGzip(call) ? file.gzipped() : null;
        Answer answer = Answer.of(200, file.type(), gzipped == null ? file.plain() : gzipped)
                .with("Cache-Control", FOR_GOOD)
                .with("Vary", "Accept-Encoding");
        return gzipped == null ? answer : answer.with("Content-Encoding", "gzip");
    }

    private static boolean acceptsGzip(Call call) {
        return call.headers("Accept-Encoding").stream()
                .flatMap(header -> List.of(header.split(",", -1)).stream())
                .map(coding -> coding.strip().replace(" ", ""))
                .anyMatch(coding ->
                        coding.equals("gzip") || (coding.startsWith("gzip;q=") && !coding.matches("gzip;q=0(\\.0*)?")));
    }

    private static String named(String file, byte[] content) {
        int dot = file.lastIndexOf('.');
        return file.substring(0, dot) + "." + hash(content) + file.substring(dot);
    }

    private static String hash(byte[] content) {
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(content);
            return HexFormat.of().formatHex(digest).substring(0, HASH_LENGTH);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static byte[] gzip(byte[] content) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream(content.length / 2);
        try (GZIPOutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write(content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static byte[] read(String name) {
        try (@Nullable InputStream in = Assets.class.getResourceAsStream(FOLDER + name)) {
            if (in == null) {
                throw new IllegalStateException("The asset " + name + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
