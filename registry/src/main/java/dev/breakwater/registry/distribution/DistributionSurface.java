package dev.breakwater.registry.distribution;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.http.Surface;
import dev.breakwater.kernel.time.TimeSource;
import dev.breakwater.registry.access.Credentials;
import dev.breakwater.registry.access.Robots;
import dev.breakwater.registry.activity.PullLog;
import dev.breakwater.registry.blob.BlobStore;
import dev.breakwater.registry.manifest.Hooks;
import dev.breakwater.registry.manifest.ManifestContents;
import dev.breakwater.registry.manifest.Pushes;
import dev.breakwater.registry.manifest.Removals;
import dev.breakwater.registry.repository.Targets;
import dev.breakwater.registry.token.Tokens;
import dev.breakwater.registry.upload.Uploads;
import dev.breakwater.tenancy.Audit;
import dev.breakwater.tenancy.Users;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

/** The two surfaces that clients of container registries speak to: {@code /v2} and {@code /service/token}. */
public final class DistributionSurface {

    private DistributionSurface() {}

    /**
     * What they stand on.
     *
     * @param tokenLifetime how long a bearer token is good for
     * @param largestManifest how many bytes a manifest may have
     */
    public record Parts(
            Database database,
            BlobStore blobs,
            Users users,
            Robots robots,
            Credentials credentials,
            Tokens tokens,
            Uploads uploads,
            Pushes pushes,
            Removals removals,
            ManifestContents contents,
            PullLog pulls,
            Hooks hooks,
            Audit audit,
            TimeSource time,
            Supplier<Duration> tokenLifetime,
            int largestManifest) {}

    /** Builds both. */
    public static List<Surface> build(Parts parts) {
        return List.of(distribution(parts), tokens(parts));
    }

    private static Surface distribution(Parts parts) {
        Entrance entrance = new Entrance(
                parts.tokens(), parts.credentials(), parts.users(), parts.robots(), new Targets(parts.database()));
        ListingHandlers lists = new ListingHandlers(parts.database(), entrance);
        UploadHandlers uploads =
                new UploadHandlers(parts.database(), parts.uploads(), entrance, new OpenUploads(parts.audit()));
        BlobHandlers blobs = new BlobHandlers(
                parts.database(),
                parts.blobs(),
                parts.uploads(),
                parts.hooks().source(),
                parts.removals(),
                entrance,
                parts.time());
        ManifestHandlers manifests = new ManifestHandlers(new ManifestHandlers.Parts(
                parts.database(),
                parts.hooks(),
                parts.pushes(),
                parts.removals(),
                parts.contents(),
                parts.pulls(),
                entrance,
                parts.time()));
        return Surface.named("distribution", new DistributionDialect())
                .prefix("/v2")
                .ignoreTrailingSlash()
                .maxBody(parts.largestManifest())
                .answerHeader("Docker-Distribution-Api-Version", "registry/2.0")
                .route("GET", "/v2", lists::check)
                .route("GET", "/v2/_catalog", lists::catalog)
                .route("GET", "/v2/_oci/ext/discover", ListingHandlers::extensions)
                .streamed("POST", "/v2/{name+}/blobs/uploads", uploads::begin)
                .streamed("PATCH", "/v2/{name+}/blobs/uploads/{upload}", uploads::append)
                .streamed("PUT", "/v2/{name+}/blobs/uploads/{upload}", uploads::finish)
                .route("GET", "/v2/{name+}/blobs/uploads/{upload}", uploads::status)
                .route("DELETE", "/v2/{name+}/blobs/uploads/{upload}", uploads::cancel)
                .route("GET", "/v2/{name+}/blobs/{digest}", blobs::read)
                .route("DELETE", "/v2/{name+}/blobs/{digest}", blobs::delete)
                .route("GET", "/v2/{name+}/manifests/{reference}", manifests::read)
                .route("PUT", "/v2/{name+}/manifests/{reference}", manifests::push)
                .route("DELETE", "/v2/{name+}/manifests/{reference}", manifests::delete)
                .route("GET", "/v2/{name+}/tags/list", lists::tags)
                .route("GET", "/v2/{name+}/referrers/{digest}", lists::referrers)
                .build();
    }

    private static Surface tokens(Parts parts) {
        TokenHandlers tokens = new TokenHandlers(
                parts.database(), parts.tokens(), parts.credentials(), parts.time(), parts.tokenLifetime());
        return Surface.named("token", new TokenDialect())
                .prefix("/service/token")
                .ignoreTrailingSlash()
                .route("GET", "/service/token", tokens::issue)
                .route("GET", "/service/token/certificate", tokens::certificate)
                .build();
    }
}
