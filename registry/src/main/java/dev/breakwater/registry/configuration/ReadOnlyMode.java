package dev.breakwater.registry.configuration;

import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.manifest.PushRule;
import dev.breakwater.registry.manifest.Removal;
import dev.breakwater.registry.manifest.RemovalRule;
import dev.breakwater.registry.project.Project;
import dev.breakwater.registry.repository.Terms;
import org.jdbi.v3.core.Handle;

/** While administrators have it on, nothing is pushed and nothing removed (registry.md 2.4). */
public final class ReadOnlyMode implements PushRule, RemovalRule {

    private static final String REFUSAL = "The system is in read only mode. Any modification is prohibited.";

    private final Configuration configuration;

    /** Looks into this configuration with every write. */
    public ReadOnlyMode(Configuration configuration) {
        this.configuration = configuration;
    }

    @Override
    public void checkWriting(Project project, Terms terms) {
        require(!terms.readOnly());
    }

    @Override
    public void check(Handle handle, Removal removal) {
        require(!configuration.isOn(handle, ConfigurationKey.READ_ONLY));
    }

    private static void require(boolean writable) {
        if (!writable) {
            throw new Failure.Forbidden(REFUSAL);
        }
    }
}
