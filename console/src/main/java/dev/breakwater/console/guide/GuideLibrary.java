package dev.breakwater.console.guide;

import dev.breakwater.console.page.Markdown;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The guides of this build: the files of the source tree's {@code docs}, and the one of the SDK, which the build packs
 * beside the classes. They link to one another as files do; the pages have the same order of folders, so the links hold.
 */
public final class GuideLibrary {

    /** Where they are shown. */
    static final String PREFIX = "/developers/guides";

    private static final String FOLDER = "/dev/breakwater/console/guides/";
    private static final String NAME = "[A-Za-z0-9_-]+(/[A-Za-z0-9_-]+)?";
    /** What guides show and link to beside one another, by the ending of its name. */
    private static final Map<String, String> TYPES = Map.of(
            "png", "image/png",
            "jpg", "image/jpeg",
            "svg", "image/svg+xml",
            "webp", "image/webp",
            "java", "text/plain; charset=utf-8");

    private static final Pattern FILE = Pattern.compile("(?:images|examples)/[A-Za-z0-9_-]+\\.([a-z]+)");
    private static final String DECISIONS = "adr/README";
    private static final Pattern DECISION = Pattern.compile("\\]\\(([0-9]{4}-[a-z0-9-]+)\\.md\\)");

    /** In the order of the list; the decisions follow from the folder's own list of them. */
    private static final String SDK = "sdk/README";

    private static final List<String> GUIDES =
            List.of("events", SDK, "registry", "registry-2017-api", "configuration", "operations", "benchmarks");

    private final Markdown markdown;
    private final Map<String, Guide> read = new ConcurrentHashMap<>();

    /** Reads with this. */
    public GuideLibrary(Markdown markdown) {
        this.markdown = markdown;
    }

    /** The guides, in the order of the list. */
    List<Guide> guides() {
        return GUIDES.stream().flatMap(name -> find(name).stream()).toList();
    }

    /** The decision records, as the folder's own page lists them. */
    List<Guide> decisions() {
        String list = content(DECISIONS + ".md")
                .map(bytes -> new String(bytes, StandardCharsets.UTF_8))
                .orElse("");
        return DECISION.matcher(list)
                .results()
                .flatMap(each -> find("adr/" + each.group(1)).stream())
                .toList();
    }

    /** A guide by its name. */
    Optional<Guide> find(String name) {
        @Nullable Guide known = read.get(name);
        if (known != null) {
            return Optional.of(known);
        }
        if (!name.matches(NAME)) {
            return Optional.empty();
        }
        Optional<Guide> found = content(name + ".md").map(content -> guide(name, content));
        found.ifPresent(guide -> read.putIfAbsent(name, guide));
        return found;
    }

    private Guide guide(String name, byte[] content) {
        return new Guide(
                name, markdown.document(new String(content, StandardCharsets.UTF_8), link -> address(name, link)));
    }

    /**
     * Something beside the guides.
     *
     * @param type of it
     * @param content of it
     */
    record Beside(String type, byte[] content) {}

    /** Something beside the guides, such as {@code images/home.png}. */
    Optional<Beside> beside(String file) {
        Matcher matcher = FILE.matcher(file);
        @Nullable String type = matcher.matches() ? TYPES.get(matcher.group(1)) : null;
        return type == null ? Optional.empty() : content(file).map(bytes -> new Beside(type, bytes));
    }

    /**
     * Where a link of a guide leads. What is not a guide lies in the source tree only, and is not linked to.
     *
     * @param from the guide it stands in
     * @param link as it is written
     */
    String address(String from, String link) {
        if (link.startsWith("#") || link.matches("[a-z]+:.*")) {
            return link;
        }
        String path = link.split("#", 2)[0];
        String anchor = link.substring(path.length());
        String file = from.equals(SDK) ? "sdk/typescript/README" : "docs/" + from;
        String target = URI.create("/" + file).resolve(path).getPath();
        if (target.equals("/docs/adr")) {
            return PREFIX + "#decisions";
        }
        String name = target.equals("/sdk/typescript/README.md") ? SDK + ".md" : target.replaceFirst("^/docs/", "");
        if (beside(name).isPresent()) {
            return PREFIX + "/" + name;
        }
        String guide = name.replaceFirst("\\.md$", "");
        return name.endsWith(".md") && guide.matches(NAME) && content(name).isPresent()
                ? PREFIX + "/" + guide + anchor
                : "";
    }

    private static Optional<byte[]> content(String file) {
        try (@Nullable InputStream in = GuideLibrary.class.getResourceAsStream(FOLDER + file)) {
            return in == null ? Optional.empty() : Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
