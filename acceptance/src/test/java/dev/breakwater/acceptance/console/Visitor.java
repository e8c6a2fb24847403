package dev.breakwater.acceptance.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.breakwater.acceptance.harness.Client;
import dev.breakwater.acceptance.harness.Organization;
import dev.breakwater.acceptance.harness.Reply;
import dev.breakwater.acceptance.harness.TestServer;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Somebody with a browser without scripts: follows links, fills in forms, keeps cookies. */
final class Visitor {

    private static final Pattern FIELD = Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\"");

    private final Client client;
    private final Map<String, String> cookies = new LinkedHashMap<>();

    Visitor(TestServer server) {
        client = server.client();
    }

    /** Somebody who has signed in. */
    static Visitor signedIn(TestServer server, String username, String password) {
        Visitor visitor = new Visitor(server);
        Reply reply = visitor.signIn(username, password);
        assertThat(reply.status()).as(reply.text()).isEqualTo(303);
        return visitor;
    }

    /** Somebody new, with this role in the organization. */
    static Visitor member(TestServer server, Organization organization, String role) {
        String name = "member" + System.nanoTime();
        server.admin().assign(server.admin().newUser(name, "correct horse"), role, organization.id());
        return signedIn(server, name, "correct horse");
    }

    /** The administrator of a fresh installation. */
    static Visitor administrator(TestServer server) {
        return signedIn(server, "admin", "Harbor12345");
    }

    /** Fills in the form of the sign-in page. */
    Reply signIn(String username, String password) {
        return submit(get("/sign-in").expect(200), "/sign-in", "username", username, "password", password);
    }

    Reply get(String path) {
        return keep(browser().get(path));
    }

    /** Sends the form on this page, with its hidden fields and these. */
    Reply submit(Reply page, String action, String... fields) {
        return submit(page, page.text().indexOf("action=\"" + action + "\""), action, fields);
    }

    /** Sends the last form on this page that goes there; the first one is that of a filter. */
    Reply submitLast(Reply page, String action, String... fields) {
        return submit(page, page.text().lastIndexOf("action=\"" + action + "\""), action, fields);
    }

    private Reply submit(Reply page, int at, String action, String... fields) {
        if (at < 0) {
            throw new AssertionError("There is no form to " + action + " on the page:\n" + page.text());
        }
        String form = page.text().substring(at, page.text().indexOf("</form>", at));
        Map<String, String> all = new LinkedHashMap<>();
        Matcher hidden = FIELD.matcher(form);
        while (hidden.find()) {
            all.put(hidden.group(1), unescaped(hidden.group(2)));
        }
        StringBuilder body = new StringBuilder();
        all.forEach((name, value) -> add(body, name, value));
        for (int i = 0; i < fields.length; i += 2) {
            add(body, fields[i], fields[i + 1]);
        }
        return post(action, body.toString());
    }

    /** Sends any form, as a page of this server would. */
    Reply post(String path, String body) {
        return keep(browser()
                .with("Content-Type", "application/x-www-form-urlencoded")
                .with("Sec-Fetch-Site", "same-origin")
                .send("POST", path, body.getBytes(StandardCharsets.UTF_8)));
    }

    /** Sends any form, as a page elsewhere would make the browser do. */
    Reply postFromElsewhere(String path, String body, Map<String, String> headers) {
        Client elsewhere = browser().with("Content-Type", "application/x-www-form-urlencoded");
        for (Map.Entry<String, String> header : headers.entrySet()) {
            elsewhere = elsewhere.with(header.getKey(), header.getValue());
        }
        return elsewhere.send("POST", path, body.getBytes(StandardCharsets.UTF_8));
    }

    /** The page that a form led to. */
    Reply follow(Reply redirect) {
        assertThat(redirect.status()).as(redirect.text()).isEqualTo(303);
        return get(redirect.header("Location").orElseThrow());
    }

    /** Where the first link with this text leads. */
    static String link(Reply page, String text) {
        Matcher link = Pattern.compile(
                        "<a\\b[^>]*?href=\"([^\"]*)\"[^>]*>(?:<svg.*?</svg>)?\\s*" + Pattern.quote(text) + "</a>",
                        Pattern.DOTALL)
                .matcher(page.text());
        if (!link.find()) {
            throw new AssertionError("There is no link " + text + " on:\n" + page.text());
        }
        return unescaped(link.group(1));
    }

    /** The hidden field of a page. */
    static String hidden(Reply page, String name) {
        Matcher field = FIELD.matcher(page.text());
        while (field.find()) {
            if (field.group(1).equals(name)) {
                return unescaped(field.group(2));
            }
        }
        throw new AssertionError("There is no hidden field " + name + ":\n" + page.text());
    }

    /** The first match of a pattern on a page. */
    static String found(Reply page, String pattern) {
        return find(page, pattern).orElseThrow(() -> new AssertionError(pattern + " is not on:\n" + page.text()));
    }

    private static Optional<String> find(Reply page, String pattern) {
        Matcher matcher = Pattern.compile(pattern).matcher(page.text());
        return matcher.find() ? Optional.of(matcher.group()) : Optional.empty();
    }

    static String unescaped(String html) {
        return html.replace("&quot;", "\"")
                .replace("&#34;", "\"")
                .replace("&#39;", "'")
                .replace("&lt;", "<")
                .replace("&gt;", ">")
                .replace("&amp;", "&");
    }

    /** The value of a cookie. */
    Optional<String> cookie(String name) {
        return Optional.ofNullable(cookies.get(name));
    }

    /** Loses all cookies. */
    void forget() {
        cookies.clear();
    }

    private static void add(StringBuilder body, String name, String value) {
        body.append(body.isEmpty() ? "" : "&")
                .append(URLEncoder.encode(name, StandardCharsets.UTF_8))
                .append('=')
                .append(URLEncoder.encode(value, StandardCharsets.UTF_8));
    }

    private Client browser() {
        if (cookies.isEmpty()) {
            return client;
        }
        List<String> pairs = cookies.entrySet().stream()
                .map(each -> each.getKey() + "=" + each.getValue())
                .toList();
        return client.with("Cookie", String.join("; ", pairs));
    }

    private Reply keep(Reply reply) {
        for (String cookie : reply.headers().getOrDefault("set-cookie", List.of())) {
            String pair = cookie.split(";", 2)[0];
            int equals = pair.indexOf('=');
            if (cookie.contains("Max-Age=0")) {
                cookies.remove(pair.substring(0, equals));
            } else {
                cookies.put(pair.substring(0, equals), pair.substring(equals + 1));
            }
        }
        return reply;
    }
}
