package dev.breakwater.registry.proxy;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.manifest.PushRule;
import dev.breakwater.registry.project.NewProject;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.project.ProjectParts;
import dev.breakwater.registry.repository.Terms;
import dev.breakwater.registry.retention.Retentions;
import dev.breakwater.registry.upstream.UpstreamUse;
import dev.breakwater.registry.upstream.Upstreams;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.jdbi.v3.core.Handle;
import org.jspecify.annotations.Nullable;

/**
 * Knows which projects mirror a registry elsewhere, and refuses pushes into them (registry.md 2.4, 3.3). What is known of
 * a project is kept: it is decided when the project is made and never changes.
 */
public final class ProxyProjects implements PushRule, ProjectParts, UpstreamUse {

    private static final int MOST = 100_000;
    /** The number that no registry has. */
    static final long NONE = 0;

    private static final int KEPT_DAYS = 7;

    private final Retentions retentions;
    private final Cache<Long, Long> known =
            Caffeine.newBuilder().maximumSize(MOST).build();

    /** What these keep of a mirror is what is still pulled from it. */
    public ProxyProjects(Retentions retentions) {
        this.retentions = retentions;
    }

    /**
     * Makes a new project mirror the registry that was asked for; what nobody pulls for a week leaves it.
     *
     * @throws Failure.NotFound when there is no such registry
     */
    @Override
    public void created(Handle handle, Project project, NewProject asked) {
        @Nullable Long upstream = asked.registryId();
        if (upstream == null) {
            return;
        }
        if (!ProxyStore.insert(handle, project.id(), upstream)) {
            throw Upstreams.absent(upstream);
        }
        retentions.createByLastPull(handle, project, KEPT_DAYS);
    }

    @Override
    public Map<Long, Long> registries(Handle handle, Collection<Long> projects) {
        return ProxyStore.upstreams(handle, projects);
    }

    /** Which registry a project mirrors, where that is known without looking; empty when it has to be looked up. */
    OptionalLong known(Project project) {
        @Nullable Long upstream = known.getIfPresent(project.id());
        return upstream == null ? OptionalLong.empty() : OptionalLong.of(upstream);
    }

    /** Which registry a project mirrors; empty for none. */
    public Optional<Long> upstream(Handle handle, Project project) {
        OptionalLong before = known(project);
        long upstream = before.isPresent()
                ? before.getAsLong()
                : ProxyStore.upstream(handle, project.id()).orElse(NONE);
        known.put(project.id(), upstream);
        return upstream == NONE ? Optional.empty() : Optional.of(upstream);
    }

    @Override
    public void checkWriting(Project project, Terms terms) {
        if (terms.mirrors()) {
            throw new Failure.Forbidden("DENIED", "can not push artifact to a proxy project: " + project.name());
        }
    }

    @Override
    public Optional<String> of(Handle handle, long upstream) {
        return ProxyStore.isMirrored(handle, upstream) ? Optional.of("proxy cache project") : Optional.empty();
    }
}
