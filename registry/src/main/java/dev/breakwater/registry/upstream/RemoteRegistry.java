package dev.breakwater.registry.upstream;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.hc.client5.http.classic.methods.HttpDelete;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpHead;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpPut;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.http.io.entity.InputStreamEntity;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;

/**
 * A registry elsewhere, spoken to by the distribution API (registry.md 2.2, 2.5). Repository names are those that its
 * users know; for Docker Hub {@code library/} is added where it belongs. Whatever goes wrong is an
 * {@link UpstreamException}, except while a blob is read, which may throw any {@link IOException}.
 */
public final class RemoteRegistry {

    private static final String MANIFEST_TYPES = String.join(
            ", ",
            "application/vnd.oci.image.index.v1+json",
            "application/vnd.oci.image.manifest.v1+json",
            "application/vnd.docker.distribution.manifest.list.v2+json",
            "application/vnd.docker.distribution.manifest.v2+json");

    private static final int MAX_PAGE = 4 << 20;
    private static final int MOST_PAGES = 1_000;
    private static final int MOST_REDIRECTS = 3;
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,4096})>\\s*;[^,]{0,100}rel=\"?next\"?");

    private final Endpoint endpoint;
    private final String api;
    private final Connections connections;
    private final Authorizations authorizations;
    private final TimeSource time;
    private final int largestManifest;

    RemoteRegistry(
            Endpoint endpoint,
            Connections connections,
            Authorizations authorizations,
            TimeSource time,
            int largestManifest) {
        this.endpoint = endpoint;
        this.connections = connections;
        this.authorizations = authorizations;
        this.time = time;
        this.largestManifest = largestManifest;
        api = endpoint.api();
    }

    /**
     * Makes sure that it is there, speaks the distribution API, and lets the caller in; without a login it is enough
     * that it asks for one.
     */
    public void ping() throws UpstreamException {
        attempt(() -> {
            String target = api + "/v2/";
            try (Reply reply = once(new HttpGet(target), Optional.empty())) {
                if (reply.status() == 200) {
                    return null;
                }
                List<String> challenges = reply.headers("WWW-Authenticate");
                if (reply.status() != 401 || Challenge.of(challenges).isEmpty()) {
                    throw UpstreamException.of(reply.status(), "GET /v2/");
                }
                if (endpoint.login() == null) {
                    return null;
                }
                Optional<String> answer = authorizations.answer(endpoint, "", challenges);
                try (Reply second = once(new HttpGet(target), answer)) {
                    require(second, 200, "GET /v2/");
                }
            }
            return null;
        });
    }

    /** The digest to which a tag or a digest leads; empty when it leads nowhere. The content is not fetched for it. */
    public Optional<Digest> resolve(String repository, String reference) throws UpstreamException {
        return attempt(() -> {
            try (Reply reply = send(
                    target -> manifestRequest(new HttpHead(target)),
                    manifest(repository, reference),
                    pull(repository))) {
                if (reply.status() == 404) {
                    return Optional.empty();
                }
                require(reply, 200, "HEAD of a manifest");
                Optional<Digest> digest = reply.header("Docker-Content-Digest").flatMap(Digest::parse);
                if (digest.isPresent()) {
                    return digest;
                }
            }
            return fetch(repository, reference).map(RemoteManifest::digest);
        });
    }

    /** The manifest to which a tag or a digest leads; empty when it leads nowhere. */
    public Optional<RemoteManifest> fetch(String repository, String reference) throws UpstreamException {
        return attempt(() -> {
            try (Reply reply = send(
                    target -> manifestRequest(new HttpGet(target)),
                    manifest(repository, reference),
                    pull(repository))) {
                if (reply.status() == 404) {
                    return Optional.empty();
                }
                require(reply, 200, "GET of a manifest");
                byte[] content = reply.bytes(largestManifest);
                Optional<Digest> named = Digest.parse(reference)
                        .or(() -> reply.header("Docker-Content-Digest").flatMap(Digest::parse));
                Digest actual = Digest.of(named.map(Digest::algorithm).orElse(Digest.Algorithm.SHA256), content);
                if (named.isPresent() && !named.get().equals(actual)) {
                    throw new UpstreamException(
                            UpstreamException.Reason.BROKEN,
                            "the registry sent a manifest that does not fit its digest");
                }
                String type = reply.header("Content-Type").orElse("");
                return Optional.of(new RemoteManifest(actual, type.split(";", 2)[0].strip(), content));
            }
        });
    }

    /** Whether a blob is there. */
    public boolean hasBlob(String repository, Digest digest) throws UpstreamException {
        return attempt(() -> {
            try (Reply reply = send(HttpHead::new, blob(repository, digest), pull(repository))) {
                if (reply.status() == 404) {
                    return false;
                }
                if (!isRedirect(reply.status())) {
                    require(reply, 200, "HEAD of a blob");
                }
                return true;
            }
        });
    }

    /** Opens a blob; empty when it is not there. */
    public Optional<RemoteBlob> open(String repository, Digest digest) throws UpstreamException {
        return attempt(() -> {
            Reply reply = followed(send(HttpGet::new, blob(repository, digest), pull(repository)));
            try {
                if (reply.status() == 404) {
                    reply.close();
                    return Optional.empty();
                }
                require(reply, 200, "GET of a blob");
                return Optional.of(new RemoteBlob(reply.length(), reply.stream()));
            } catch (IOException e) {
                reply.close();
                throw e;
            }
        });
    }

    /** Asks for a blob of another of its repositories; false when it has to be uploaded. */
    public boolean mount(String repository, Digest digest, String from) throws UpstreamException {
        return attempt(() -> {
            String target = uploads(repository) + "?mount=" + encoded(digest.toString()) + "&from="
                    + encoded(endpoint.repository(from));
            Optional<String> begun;
            try (Reply reply = send(HttpPost::new, target, push(repository) + " " + pull(from))) {
                if (reply.status() == 201) {
                    return true;
                }
                require(reply, 202, "a mount");
                begun = reply.header("Location");
            }
            if (begun.isPresent()) {
                // The upload that was begun instead is not used; a registry that cannot cancel it forgets it in time.
                Reply cancelled = send(HttpDelete::new, resolved(target, begun.get()), push(repository));
                cancelled.close();
            }
            return false;
        });
    }

    /**
     * Uploads a blob.
     *
     * @param size its length in bytes
     * @param content read once, to its end
     * @param bytesPerSecond how fast; zero or less for as fast as it goes
     */
    public void upload(String repository, Digest digest, long size, InputStream content, long bytesPerSecond)
            throws UpstreamException {
        attempt(() -> {
            String scope = push(repository);
            String begin = uploads(repository);
            String location;
            try (Reply reply = send(HttpPost::new, begin, scope)) {
                require(reply, 202, "the begin of an upload");
                location = resolved(
                        begin,
                        reply.header("Location")
                                .orElseThrow(() -> new UpstreamException(
                                        UpstreamException.Reason.BROKEN, "the registry began an upload nowhere")));
            }
            HttpPut put = new HttpPut(
                    location + (location.indexOf('?') < 0 ? '?' : '&') + "digest=" + encoded(digest.toString()));
            put.setEntity(new InputStreamEntity(
                    Pace.of(content, bytesPerSecond, time), size, ContentType.APPLICATION_OCTET_STREAM));
            // The content can be read once only, so the token that began the upload has to serve for its end.
            try (Reply reply =
                    once(put, authorizations.remembered(endpoint, scope).filter(header -> isHome(location)))) {
                require(reply, 201, "an upload");
            }
            return null;
        });
    }

    /** Puts a manifest under a tag or its digest. Everything that it names has been pushed before. */
    public void put(String repository, String reference, String mediaType, byte[] content) throws UpstreamException {
        attempt(() -> {
            ContentType type = ContentType.create(mediaType);
            try (Reply reply = send(
                    target -> {
                        HttpPut put = new HttpPut(target);
                        put.setEntity(new ByteArrayEntity(content, type));
                        return put;
                    },
                    manifest(repository, reference),
                    push(repository))) {
                require(reply, 201, "PUT of a manifest");
            }
            return null;
        });
    }

    /** Deletes a manifest by its digest, or a tag where the registry allows it; false when it was not there. */
    public boolean delete(String repository, String reference) throws UpstreamException {
        return attempt(() -> {
            String scope = "repository:%s:delete,pull,push".formatted(endpoint.repository(repository));
            try (Reply reply = send(HttpDelete::new, manifest(repository, reference), scope)) {
                if (reply.status() == 404) {
                    return false;
                }
                require(reply, 202, "DELETE of a manifest");
                return true;
            }
        });
    }

    /** All tags of a repository; none when it does not exist. */
    public List<String> tags(String repository) throws UpstreamException {
        return attempt(() -> pages(path(repository) + "/tags/list", "tags", pull(repository)));
    }

    /** All repositories that the caller may list. */
    public List<String> catalog() throws UpstreamException {
        return attempt(() -> pages(api + "/v2/_catalog?n=1000", "repositories", "registry:catalog:*"));
    }

    private List<String> pages(String first, String member, String scope) throws IOException {
        List<String> all = new ArrayList<>();
        Optional<String> next = Optional.of(first);
        for (int page = 0; next.isPresent() && page < MOST_PAGES; page++) {
            String target = next.get();
            try (Reply reply = send(HttpGet::new, target, scope)) {
                if (reply.status() == 404) {
                    return all;
                }
                require(reply, 200, "a list");
                for (JsonNode each :
                        Json.mapper().readTree(reply.bytes(MAX_PAGE)).path(member)) {
                    all.add(each.asString(""));
                }
                next = reply.header("Link")
                        .map(NEXT::matcher)
                        .filter(Matcher::find)
                        .map(link -> resolved(target, link.group(1)))
                        .filter(this::isHome);
            }
        }
        return all;
    }

    private static HttpUriRequestBase manifestRequest(HttpUriRequestBase request) {
        request.setHeader("Accept", MANIFEST_TYPES);
        return request;
    }

    /** Sends a request that can be repeated, and repeats it once when the registry wants to know who is calling. */
    private Reply send(Function<String, HttpUriRequestBase> request, String target, String scope) throws IOException {
        Optional<String> remembered = isHome(target) ? authorizations.remembered(endpoint, scope) : Optional.empty();
        Reply reply = once(request.apply(target), remembered);
        if (reply.status() != 401 || !isHome(target)) {
            return reply;
        }
        List<String> challenges = reply.headers("WWW-Authenticate");
        reply.close();
        Optional<String> answer = authorizations.answer(endpoint, scope, challenges);
        if (answer.isEmpty()) {
            throw UpstreamException.of(401, "a request without a login");
        }
        Reply second = once(request.apply(target), answer);
        if (second.status() == 401) {
            second.close();
            throw UpstreamException.of(401, "this login");
        }
        return second;
    }

    private Reply once(HttpUriRequestBase request, Optional<String> authorization) throws UpstreamException {
        Map<String, String> headers = new LinkedHashMap<>();
        authorization.ifPresent(value -> headers.put("Authorization", value));
        return connections.send(endpoint, request, headers);
    }

    /** Blobs often lie in a store elsewhere: that is asked without a word about the caller. */
    private Reply followed(Reply reply) throws IOException {
        Reply current = reply;
        String base = api + "/v2/";
        for (int hop = 0; isRedirect(current.status()); hop++) {
            Optional<String> location = current.header("Location");
            current.close();
            String from = base;
            String target = location.filter(there -> !there.isEmpty())
                    .map(there -> resolved(from, there))
                    .filter(there -> there.startsWith("https:") || !endpoint.encrypted())
                    .orElse("");
            if (hop == MOST_REDIRECTS || target.isEmpty()) {
                throw new UpstreamException(UpstreamException.Reason.BROKEN, "the registry leads a blob astray");
            }
            current = once(new HttpGet(target), Optional.empty());
            base = target;
        }
        return current;
    }

    private static boolean isRedirect(int status) {
        return status == 301 || status == 302 || status == 303 || status == 307 || status == 308;
    }

    /** Whether a target is the registry itself, which alone gets to know the caller. */
    private boolean isHome(String target) {
        URI home = URI.create(api);
        URI there = URI.create(target);
        return home.getScheme().equals(there.getScheme())
                && home.getHost().equalsIgnoreCase(there.getHost())
                && home.getPort() == there.getPort();
    }

    private static String resolved(String base, String reference) {
        try {
            URI there = URI.create(base).resolve(reference);
            String scheme = there.getScheme();
            return there.getHost() != null && ("http".equals(scheme) || "https".equals(scheme))
                    ? there.toString()
                    : base;
        } catch (IllegalArgumentException e) {
            return base;
        }
    }

    private String path(String repository) {
        return api + "/v2/" + endpoint.repository(repository);
    }

    private String manifest(String repository, String reference) {
        return path(repository) + "/manifests/" + reference;
    }

    private String blob(String repository, Digest digest) {
        return path(repository) + "/blobs/" + digest;
    }

    private String uploads(String repository) {
        return path(repository) + "/blobs/uploads/";
    }

    private String pull(String repository) {
        return "repository:%s:pull".formatted(endpoint.repository(repository));
    }

    private String push(String repository) {
        return "repository:%s:pull,push".formatted(endpoint.repository(repository));
    }

    private static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static void require(Reply reply, int status, String what) throws UpstreamException {
        if (reply.status() != status) {
            throw UpstreamException.of(reply.status(), what);
        }
    }

    @FunctionalInterface
    private interface Exchange<T extends @Nullable Object> {
        T run() throws IOException;
    }

    private static <T extends @Nullable Object> T attempt(Exchange<T> exchange) throws UpstreamException {
        try {
            return exchange.run();
        } catch (JacksonException e) {
            throw new UpstreamException(UpstreamException.Reason.BROKEN, "the registry sent no sound JSON", e);
        } catch (IOException e) {
            throw Connections.failure(e);
        }
    }
}
