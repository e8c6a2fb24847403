package dev.breakwater.registry.upstream;

import dev.breakwater.kernel.json.Json;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private static final Pattern NEXT = Pattern.compile("<([^>]{1,4096})>\\s*;[^,]{0,100}rel=\"?next\"?");

    private final Endpoint endpoint;
    private final String api;
    private final RemoteRequests requests;
    private final TimeSource time;
    private final int largestManifest;

    RemoteRegistry(
            Endpoint endpoint,
            Connections connections,
            Authorizations authorizations,
            TimeSource time,
            int largestManifest) {
        this.endpoint = endpoint;
        requests = new RemoteRequests(endpoint, connections, authorizations);
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
            try (Reply reply = requests.once(new HttpGet(target), Optional.empty())) {
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
                Optional<String> answer = requests.authorized("", challenges);
                try (Reply second = requests.once(new HttpGet(target), answer)) {
                    require(second, 200, "GET /v2/");
                }
            }
            return null;
        });
    }

    /** The digest to which a tag or a digest leads; empty when it leads nowhere. The content is not fetched for it. */
    public Optional<Digest> resolve(String repository, String reference) throws UpstreamException {
        return attempt(() -> {
            try (Reply reply = requests.send(
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
            try (Reply reply = requests.send(
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
            try (Reply reply = requests.send(HttpHead::new, blob(repository, digest), pull(repository))) {
                if (reply.status() == 404) {
                    return false;
                }
                if (!RemoteRequests.isRedirect(reply.status())) {
                    require(reply, 200, "HEAD of a blob");
                }
                return true;
            }
        });
    }

    /** Opens a blob; empty when it is not there. */
    public Optional<RemoteBlob> open(String repository, Digest digest) throws UpstreamException {
        return attempt(() -> {
            Reply reply = requests.followed(requests.send(HttpGet::new, blob(repository, digest), pull(repository)));
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
            try (Reply reply = requests.send(HttpPost::new, target, push(repository) + " " + pull(from))) {
                if (reply.status() == 201) {
                    return true;
                }
                require(reply, 202, "a mount");
                begun = reply.header("Location");
            }
            if (begun.isPresent()) {
                // The upload that was begun instead is not used; a registry that cannot cancel it forgets it in time.
                Reply cancelled =
                        requests.send(HttpDelete::new, RemoteRequests.resolved(target, begun.get()), push(repository));
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
            try (Reply reply = requests.send(HttpPost::new, begin, scope)) {
                require(reply, 202, "the begin of an upload");
                location = RemoteRequests.resolved(
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
            try (Reply reply = requests.once(put, requests.remembered(location, scope))) {
                require(reply, 201, "an upload");
            }
            return null;
        });
    }

    /** Puts a manifest under a tag or its digest. Everything that it names has been pushed before. */
    public void put(String repository, String reference, String mediaType, byte[] content) throws UpstreamException {
        attempt(() -> {
            ContentType type = ContentType.create(mediaType);
            try (Reply reply = requests.send(
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
            try (Reply reply = requests.send(HttpDelete::new, manifest(repository, reference), scope)) {
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
            try (Reply reply = requests.send(HttpGet::new, target, scope)) {
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
                        .map(link -> RemoteRequests.resolved(target, link.group(1)))
                        .filter(requests::isHome);
            }
        }
        return all;
    }

    private static HttpUriRequestBase manifestRequest(HttpUriRequestBase request) {
        request.setHeader("Accept", MANIFEST_TYPES);
        return request;
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
