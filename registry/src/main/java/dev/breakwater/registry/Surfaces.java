package dev.breakwater.registry;

import dev.breakwater.kernel.http.Surface;
import dev.breakwater.registry.classic.Classic;
import dev.breakwater.registry.configuration.Authority;
import dev.breakwater.registry.configuration.ConfigurationKey;
import dev.breakwater.registry.current.Current;
import dev.breakwater.registry.current.gate.Routes;
import dev.breakwater.registry.current.quota.QuotaHandlers;
import dev.breakwater.registry.current.robot.RobotHandlers;
import dev.breakwater.registry.current.upstream.UpstreamHandlers;
import dev.breakwater.registry.distribution.DistributionSurface;
import dev.breakwater.registry.manifest.ManifestContents;
import dev.breakwater.registry.token.Tokens;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** The surfaces over the features: the distribution API with its tokens, and both Harbor APIs. */
final class Surfaces {

    private final Registry.Parts parts;
    private final Features features;
    private final Authority authority;

    Surfaces(Registry.Parts parts, Features features) {
        this.parts = parts;
        this.features = features;
        authority = new Authority(parts.settings().authority());
    }

    /** All of them. */
    List<Surface> build() {
        List<Surface> all = new ArrayList<>(distribution());
        all.add(classic());
        all.add(current());
        return List.copyOf(all);
    }

    private List<Surface> distribution() {
        return DistributionSurface.build(new DistributionSurface.Parts(
                parts.database(),
                parts.blobs(),
                parts.users(),
                features.knownRobots,
                features.credentials,
                new Tokens(features::signingKey, parts.time()),
                features.uploads,
                features.pushes,
                features.removals,
                new ManifestContents(parts.database()),
                features.pulls,
                features.hooks,
                parts.audit(),
                parts.time(),
                this::tokenLifetime,
                parts.settings().largestManifest()));
    }

    private Duration tokenLifetime() {
        return Duration.ofMinutes(parts.database()
                .query(handle -> features.configuration.number(handle, ConfigurationKey.TOKEN_EXPIRATION)));
    }

    private Surface classic() {
        return Classic.surface(new Classic.Parts(
                parts.database(),
                parts.time(),
                parts.organization(),
                parts.blobs(),
                parts.users(),
                parts.signIns(),
                features.credentials,
                features.configuration,
                features.projects,
                features.removals,
                features.targets,
                features.policies,
                features.client,
                parts.scanner(),
                parts.audit(),
                authority));
    }

    private Surface current() {
        List<Consumer<Routes>> added = List.of(
                features.upkeep.routes(),
                new RobotHandlers(features.robots)::addTo,
                new QuotaHandlers(parts.database(), features.quotas, parts.audit(), parts.organization())::addTo,
                new UpstreamHandlers(features.upstreams)::addTo);
        return Current.surface(
                new Current.Parts(
                        parts.database(),
                        parts.time(),
                        parts.blobs(),
                        parts.users(),
                        parts.signIns(),
                        features.credentials,
                        features.configuration,
                        features.projects,
                        features.changes,
                        features.pushes,
                        parts.scanner(),
                        features.immutableRules::among,
                        parts.audit(),
                        authority),
                added);
    }
}
