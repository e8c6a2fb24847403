package dev.breakwater.registry.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.blob.Digest;
import dev.breakwater.registry.content.ContentSql;
import dev.breakwater.registry.content.ErrorCode;
import dev.breakwater.registry.manifest.ContentSource;
import dev.breakwater.registry.manifest.Manifest;
import dev.breakwater.registry.manifest.ManifestStore;
import dev.breakwater.registry.manifest.ParsedManifest;
import dev.breakwater.registry.manifest.Pushes;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Place;
import dev.breakwater.registry.repository.PlaceStore;
import dev.breakwater.registry.repository.RepositoryName;
import dev.breakwater.registry.repository.RepositoryStore;
import dev.breakwater.registry.repository.Target;
import dev.breakwater.registry.upload.Uploads;
import dev.breakwater.registry.upstream.Pace;
import dev.breakwater.registry.upstream.RemoteBlob;
import dev.breakwater.registry.upstream.RemoteManifest;
import dev.breakwater.registry.upstream.RemoteRegistry;
import dev.breakwater.registry.upstream.UpstreamException;
import dev.breakwater.registry.upstream.Upstreams;
import dev.breakwater.registry.usage.UsageStore;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Fetches what projects mirror (registry.md 3.3, proxy cache). A tag is looked up at the other registry unless that was
 * done a moment ago; content that is here already is never fetched again. A manifest is kept at once, its blobs when they
 * are asked for; who asks has their bytes while they arrive. While the other registry is away, what is here is served.
 */
public final class Mirror implements ContentSource, AutoCloseable {

    private static final Logger log = LoggerFactory.getLogger(Mirror.class);

    /** In whose name content is kept. */
    private static final String USERNAME = "proxy-cache";

    private static final String SERVES_WITHOUT = "proxy_cache_local_on_not_found";
    private static final String SPEED = "proxy_speed_kb";
    private static final int MOST_TAGS = 100_000;
    /** So many bytes are not worth following. */
    private static final long SMALL = 64 << 10;

    private static final Duration FRESH = Duration.ofSeconds(10);
    /** A client that sees this again and again finds the other registry when it is back. */
    private static final Duration RETRY = Duration.ofSeconds(10);

    private final Database database;
    private final ProxyProjects projects;
    private final Upstreams upstreams;
    private final Pushes pushes;
    private final Uploads uploads;
    private final BlobStore blobs;
    private final TimeSource time;
    private final UpstreamLimits limits = new UpstreamLimits();
    private final Flights flights = new Flights();
    private final Arrivals arrivals = new Arrivals();
    private final Cache<String, Instant> lookedUp =
            Caffeine.newBuilder().maximumSize(MOST_TAGS).build();

    /**
     * Keeps what it fetches as pushes do.
     *
     * @param pushes with the rules that hold for content which nobody pushed
     * @param uploads with the same rules
     */
    public Mirror(
            Database database,
            ProxyProjects projects,
            Upstreams upstreams,
            Pushes pushes,
            Uploads uploads,
            BlobStore blobs,
            TimeSource time) {
        this.database = database;
        this.projects = projects;
        this.upstreams = upstreams;
        this.pushes = pushes;
        this.uploads = uploads;
        this.blobs = blobs;
        this.time = time;
    }

    /**
     * A repository that is mirrored.
     *
     * @param upstream the number of the registry
     * @param name the whole name here
     */
    private record Mirrored(Project project, long upstream, String name) {

        /** The name there. */
        String there() {
            return name.substring(project.name().length() + 1);
        }
    }

    private Optional<Mirrored> mirrored(Project project, String repository) {
        OptionalLong known = projects.known(project);
        Optional<Long> upstream = known.isPresent()
                ? Optional.of(known.getAsLong()).filter(number -> number != ProxyProjects.NONE)
                : database.query(handle -> projects.upstream(handle, project));
        return upstream.map(number -> new Mirrored(project, number, repository));
    }

    @Override
    public boolean bringManifest(Project project, String repository, String reference) {
        Optional<Mirrored> mirrored = mirrored(project, repository);
        if (mirrored.isEmpty()) {
            return false;
        }
        boolean named = Digest.parse(reference).isPresent();
        Optional<Manifest> here = database.query(handle -> here(handle, mirrored.get(), reference));
        if (here.isPresent() && (named || isFresh(repository, reference))) {
            return false;
        }
        return flights.join(repository + " " + reference, () -> bringManifest(mirrored.get(), reference, named, here));
    }

    private static Optional<Manifest> here(Handle handle, Mirrored mirrored, String reference) {
        return RepositoryStore.findId(handle, mirrored.project().id(), mirrored.name())
                .flatMap(id -> ManifestStore.findNamed(handle, id, reference));
    }

    private boolean isFresh(String repository, String tag) {
        @Nullable Instant last = lookedUp.getIfPresent(repository + ":" + tag);
        return last != null && time.instant().isBefore(last.plus(FRESH));
    }

    private boolean bringManifest(Mirrored mirrored, String reference, boolean named, Optional<Manifest> here) {
        try (UpstreamLimits.Place _ = limits.take(mirrored.project())) {
            RemoteRegistry registry = open(mirrored);
            Optional<Digest> current = named ? Digest.parse(reference) : registry.resolve(mirrored.there(), reference);
            if (current.isEmpty()) {
                return gone(mirrored, here);
            }
            boolean changed = here.isEmpty() || !here.get().digest().equals(current.get());
            if (changed) {
                Optional<RemoteManifest> manifest =
                        registry.fetch(mirrored.there(), current.get().toString());
                if (manifest.isEmpty()) {
                    return gone(mirrored, here);
                }
                keep(mirrored, registry, manifest.get(), named ? List.of() : List.of(reference));
            }
            if (!named) {
                lookedUp.put(mirrored.name() + ":" + reference, time.instant());
            }
            return changed;
        } catch (UpstreamException e) {
            return failed(mirrored, e, here);
        } catch (Failure.TooManyRequests | Failure.Forbidden | Failure.Unavailable e) {
            // Too many at once, no room left, nothing to be written at all, or not all came: what is here still serves.
            if (here.isPresent()) {
                return false;
            }
            throw e;
        }
    }

    /** What the other registry no longer has is not served, unless the project says so. */
    private static boolean gone(Mirrored mirrored, Optional<Manifest> here) {
        if (here.isPresent() && !mirrored.project().isOn(SERVES_WITHOUT)) {
            throw new Failure.NotFound(
                    ErrorCode.MANIFEST_UNKNOWN, "the registry that the project mirrors no longer has this manifest");
        }
        return false;
    }

    private static boolean failed(Mirrored mirrored, UpstreamException failure, Optional<Manifest> here) {
        if (failure.isOutage()) {
            if (here.isPresent()) {
                log.info("Project {} serves what it has: {}", mirrored.project().name(), failure.getMessage());
                return false;
            }
            throw unavailable(mirrored, failure);
        }
        // Many registries do not tell what is not there from what the caller may not see.
        return gone(mirrored, here);
    }

    private static Failure.Unavailable unavailable(Mirrored mirrored, UpstreamException failure) {
        log.warn(
                "Project {} cannot fetch what it mirrors: {}",
                mirrored.project().name(),
                failure.getMessage());
        return new Failure.Unavailable(RETRY, "The registry that the project mirrors cannot be reached.");
    }

    private RemoteRegistry open(Mirrored mirrored) {
        return upstreams.open(
                upstreams.find(mirrored.upstream()).orElseThrow(() -> Upstreams.absent(mirrored.upstream())));
    }

    private void keep(Mirrored mirrored, RemoteRegistry registry, RemoteManifest manifest, List<String> tags)
            throws UpstreamException {
        ParsedManifest parsed = ParsedManifest.parse(manifest.content(), manifest.mediaType());
        if (parsed.config() != null) {
            // It is small, and says of the image what lists show.
            Digest config = parsed.config().digest();
            arrivals.bring(name(mirrored, config), arrival -> keep(mirrored, registry, config, arrival));
        }
        pushes.pushAhead(
                handle -> target(handle, mirrored),
                new Pushes.Order(manifest.content(), manifest.mediaType(), manifest.digest(), tags, USERNAME));
    }

    private static Target target(Handle handle, Mirrored mirrored) throws SQLException {
        RepositoryName name = RepositoryName.parse(mirrored.name()).orElseThrow();
        return PlaceStore.target(handle, name, null).orElseThrow(() -> new Failure.NotFound("The project is gone."));
    }

    @Override
    public boolean bringBlob(Project project, String repository, Digest digest) {
        return mirrored(project, repository)
                .map(mirrored -> begin(mirrored, digest).await())
                .orElse(false);
    }

    @Override
    public Followed followBlob(Project project, String repository, Digest digest) {
        return mirrored(project, repository)
                .map(mirrored -> follow(begin(mirrored, digest), digest))
                .orElseGet(() -> new Followed(false, Optional.empty()));
    }

    /** What is small is here in a moment, and then every failure can still be answered as such. */
    private Followed follow(Arrival arrival, Digest digest) {
        OptionalLong length = arrival.awaitLength();
        if (length.isEmpty() || length.getAsLong() <= SMALL) {
            return new Followed(arrival.await(), Optional.empty());
        }
        return new Followed(false, Optional.of(new Arriving() {
            @Override
            public long length() {
                return length.getAsLong();
            }

            @Override
            public void copyTo(OutputStream out) throws IOException {
                arrival.copyTo(out, position -> blobs.open(digest, position, Long.MAX_VALUE));
            }
        }));
    }

    private Arrival begin(Mirrored mirrored, Digest digest) {
        return arrivals.begin(name(mirrored, digest), arrival -> fetchBlob(mirrored, digest, arrival));
    }

    private static String name(Mirrored mirrored, Digest digest) {
        return mirrored.name() + " " + digest;
    }

    private boolean fetchBlob(Mirrored mirrored, Digest digest, Arrival arrival) {
        try (UpstreamLimits.Place _ = limits.take(mirrored.project())) {
            return keep(mirrored, open(mirrored), digest, arrival);
        }
    }

    private boolean keep(Mirrored mirrored, RemoteRegistry registry, Digest digest, Arrival arrival) {
        try {
            return keepBlob(mirrored, registry, digest, arrival);
        } catch (UpstreamException e) {
            if (e.isOutage()) {
                throw unavailable(mirrored, e);
            }
            return false;
        }
    }

    /** Fetches a blob unless it is here; false when the other registry has none. */
    private boolean keepBlob(Mirrored mirrored, RemoteRegistry registry, Digest digest, Arrival arrival)
            throws UpstreamException {
        Target target = database.query(handle -> target(handle, mirrored));
        if (target.place()
                .flatMap(place -> database.query(handle -> here(handle, place, digest)))
                .isPresent()) {
            return true;
        }
        Optional<RemoteBlob> found = registry.open(mirrored.there(), digest);
        if (found.isEmpty()) {
            return false;
        }
        try (RemoteBlob blob = found.get()) {
            long most = Long.MAX_VALUE;
            if (blob.length() >= 0) {
                most = blob.length();
                uploads.requireRoom(target, digest, most);
                arrival.announce(most);
            }
            long speed = UpstreamLimits.number(mirrored.project(), SPEED) * 1024;
            uploads.bring(target, Pace.of(blob.content(), speed, time), most, digest, arrival);
        } catch (Failure.Invalid e) {
            throw new UpstreamException(
                    UpstreamException.Reason.BROKEN, "the registry sent a blob that its digest does not name", e);
        } catch (UncheckedIOException e) {
            throw new UpstreamException(UpstreamException.Reason.UNREACHABLE, "the registry broke off a blob", e);
        } catch (IOException e) {
            log.debug("A connection could not be closed in good order", e);
        }
        count(mirrored, digest);
        return true;
    }

    /** A manifest that is pushed counts what is there; here it is there before its blobs are. */
    private void count(Mirrored mirrored, Digest digest) {
        database.transact(handle -> target(handle, mirrored)
                .place()
                .flatMap(place -> here(handle, place, digest))
                .map(size -> UsageStore.add(handle, mirrored.project().id(), digest, size))
                .orElse(0L));
    }

    /** The size of a blob that is here. */
    private static Optional<Long> here(Handle handle, Place place, Digest digest) {
        OptionalLong size = ContentSql.size(handle, place.repositoryId(), digest);
        return size.isEmpty() ? Optional.empty() : Optional.of(size.getAsLong());
    }

    /** Waits a moment for the blobs that are on their way; the connections to other registries are closed before. */
    @Override
    public void close() {
        arrivals.close();
    }
}
