package dev.breakwater.registry.scanning;

import dev.breakwater.kernel.db.Database;
import dev.breakwater.kernel.failure.Failure;
import dev.breakwater.registry.manifest.PullRule;
import org.jdbi.v3.core.Handle;

/**
 * Forbids to pull what nobody signed, in projects that want it so (registry.md 2.3). Signatures themselves are exempt,
 * and what a signed index names counts as signed.
 */
public final class ContentTrust implements PullRule {

    private static final String CODE = "PROJECTPOLICYVIOLATION";

    private final Database database;

    /** Looks for signatures in this database. */
    public ContentTrust(Database database) {
        this.database = database;
    }

    @Override
    public void check(Pull pull) {
        boolean notation = pull.place().project().isOn("enable_content_trust");
        boolean cosign = pull.place().project().isOn("enable_content_trust_cosign");
        if ((notation || cosign) && !pull.scanner()) {
            database.query(handle -> {
                if (notation) {
                    require(handle, pull.manifestId(), "notation");
                }
                if (cosign) {
                    require(handle, pull.manifestId(), "cosign");
                }
                return true;
            });
        }
    }

    private static void require(Handle handle, long manifest, String kind) {
        if (!SignatureStore.isSigned(handle, manifest, "signature." + kind)
                && !SignatureStore.isSignature(handle, manifest)) {
            throw new Failure.Precondition(CODE, "The image is not signed by " + kind + ".");
        }
    }
}
