package dev.breakwater.console.page;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.commonmark.Extension;
import org.commonmark.ext.gfm.tables.TableBlock;
import org.commonmark.ext.gfm.tables.TablesExtension;
import org.commonmark.node.AbstractVisitor;
import org.commonmark.node.Code;
import org.commonmark.node.FencedCodeBlock;
import org.commonmark.node.Heading;
import org.commonmark.node.HtmlBlock;
import org.commonmark.node.Image;
import org.commonmark.node.Link;
import org.commonmark.node.Node;
import org.commonmark.node.Text;
import org.commonmark.parser.Parser;
import org.commonmark.renderer.NodeRenderer;
import org.commonmark.renderer.html.AttributeProvider;
import org.commonmark.renderer.html.DefaultUrlSanitizer;
import org.commonmark.renderer.html.HtmlNodeRendererContext;
import org.commonmark.renderer.html.HtmlRenderer;
import org.commonmark.renderer.html.HtmlWriter;
import org.commonmark.renderer.html.UrlSanitizer;

/**
 * Turns our own Markdown, which lies in guides and API documents, into HTML. HTML within it is shown as text, and an
 * address with any other scheme than those of the web and of mail leads nowhere, so that not even a bad guide could run
 * anything.
 */
public final class Markdown {

    private static final int DEEPEST = 6;
    private static final UrlSanitizer ADDRESSES = new DefaultUrlSanitizer(List.of("http", "https", "mailto"));
    private static final List<Extension> TABLES = List.of(TablesExtension.create());

    private final Parser parser = Parser.builder().extensions(TABLES).build();
    private final HtmlRenderer fragments = HtmlRenderer.builder()
            .extensions(TABLES)
            .escapeHtml(true)
            .sanitizeUrls(true)
            .urlSanitizer(ADDRESSES)
            .build();

    /**
     * A heading of a document.
     *
     * @param level 1 for the title
     * @param anchor by which addresses name it
     * @param text without markup
     */
    public record Section(int level, String anchor, String text) {}

    /**
     * A whole document.
     *
     * @param html of it, to be put into a page as it is
     * @param sections its headings, in order
     */
    public record Document(String html, List<Section> sections) {}

    /** A piece of some paragraphs. */
    public String html(String markdown) {
        return fragments.render(parser.parse(markdown));
    }

    /** A piece of one paragraph, without an element around it. */
    public String inline(String markdown) {
        String html = html(markdown).strip();
        boolean one = html.startsWith("<p>") && html.indexOf("</p>") == html.length() - "</p>".length();
        return one ? html.substring("<p>".length(), html.length() - "</p>".length()) : html;
    }

    /**
     * A whole document, with anchors at its headings and a button at each block of code that copies it.
     *
     * @param addresses turns what the document links to into addresses of pages; of what it turns into nothing, only the
     *     text stays
     */
    public Document document(String markdown, UnaryOperator<String> addresses) {
        Node root = parser.parse(markdown);
        Map<Node, Section> sections = new HashMap<>();
        List<Section> order = new ArrayList<>();
        List<Node> gone = new ArrayList<>();
        root.accept(new AbstractVisitor() {
            private boolean chapters;

            @Override
            public void visit(Heading heading) {
                // A page has one first heading; a file may have a second, and then that is a chapter.
                chapters |= heading.getLevel() == 1 && !order.isEmpty();
                heading.setLevel(Math.min(heading.getLevel() + (chapters ? 1 : 0), DEEPEST));
                Section section = section(heading, order);
                sections.put(heading, section);
                order.add(section);
            }

            @Override
            public void visit(Link link) {
                link.setDestination(addresses.apply(link.getDestination()));
                if (link.getDestination().isEmpty()) {
                    gone.add(link);
                }
                super.visit(link);
            }

            @Override
            public void visit(HtmlBlock block) {
                if (block.getLiteral().startsWith("<!--")) {
                    gone.add(block);
                }
            }

            @Override
            public void visit(Image image) {
                image.setDestination(addresses.apply(image.getDestination()));
                super.visit(image);
            }
        });
        gone.forEach(Markdown::dissolve);
        AttributeProvider anchors = (node, tag, attributes) -> {
            if (attributes.getOrDefault("href", "").matches("[/#].*")) {
                attributes.remove("rel");
            }
            if (node instanceof Heading) {
                attributes.put(
                        "id",
                        sections.getOrDefault(node, new Section(1, "", "")).anchor());
            }
        };
        HtmlRenderer renderer = HtmlRenderer.builder()
                .nodeRendererFactory(Blocks::new)
                .extensions(TABLES)
                .attributeProviderFactory(context -> anchors)
                .escapeHtml(true)
                .sanitizeUrls(true)
                .urlSanitizer(ADDRESSES)
                .build();
        return new Document(renderer.render(root), List.copyOf(order));
    }

    /** Leaves what is within a node in its place. */
    private static void dissolve(Node node) {
        while (node.getFirstChild() != null) {
            node.insertBefore(node.getFirstChild());
        }
        node.unlink();
    }

    private static Section section(Heading heading, List<Section> before) {
        StringBuilder text = new StringBuilder();
        heading.accept(new AbstractVisitor() {
            @Override
            public void visit(Text node) {
                text.append(node.getLiteral());
            }

            @Override
            public void visit(Code node) {
                text.append(node.getLiteral());
            }
        });
        String anchor = anchor(text.toString());
        long same = before.stream()
                .filter(each -> each.anchor().equals(anchor) || each.anchor().matches(anchor + "-[0-9]+"))
                .count();
        return new Section(heading.getLevel(), same == 0 ? anchor : anchor + "-" + same, text.toString());
    }

    /** As the hosts of source code spell it, so that links hold in both places. */
    private static String anchor(String text) {
        return text.toLowerCase(Locale.ROOT)
                .replaceAll("[^\\p{L}\\p{N} _-]", "")
                .strip()
                .replace(' ', '-');
    }

    /** Blocks of code that can be copied, and tables that can be moved sideways on small screens. */
    private static final class Blocks implements NodeRenderer {

        private final HtmlNodeRendererContext context;
        private final HtmlWriter html;
        private int count;

        Blocks(HtmlNodeRendererContext context) {
            this.context = context;
            html = context.getWriter();
        }

        @Override
        public Set<Class<? extends Node>> getNodeTypes() {
            return Set.of(FencedCodeBlock.class, TableBlock.class);
        }

        @Override
        public void render(Node node) {
            if (node instanceof FencedCodeBlock code) {
                command(code);
            } else {
                table(node);
            }
        }

        private void command(FencedCodeBlock code) {
            String id = "code-" + ++count;
            html.line();
            html.tag("div", Map.of("class", "command"));
            html.tag("pre", ordered("id", id, "tabindex", "0"));
            html.text(code.getLiteral().stripTrailing());
            html.tag("/pre");
            html.raw("<button type=\"button\" class=\"small\" data-copy=\"" + id + "\" data-with-script hidden>"
                    + "<span class=\"copy-label\">Copy</span></button>");
            html.tag("/div");
            html.line();
        }

        private void table(Node table) {
            html.line();
            html.tag("div", ordered("class", "sideways", "tabindex", "0"));
            html.tag("table");
            for (Node child = table.getFirstChild(); child != null; child = child.getNext()) {
                context.render(child);
            }
            html.tag("/table");
            html.tag("/div");
            html.line();
        }

        private static Map<String, String> ordered(String name1, String value1, String name2, String value2) {
            Map<String, String> attributes = new LinkedHashMap<>();
            attributes.put(name1, value1);
            attributes.put(name2, value2);
            return attributes;
        }
    }
}
