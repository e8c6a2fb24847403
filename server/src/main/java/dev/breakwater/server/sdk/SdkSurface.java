package dev.breakwater.server.sdk;

import dev.breakwater.kernel.http.Answer;
import dev.breakwater.kernel.http.EnvelopeDialect;
import dev.breakwater.kernel.http.Surface;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import org.jspecify.annotations.Nullable;

/**
 * Serves {@code /sdk/typescript/harbor-sdk.tgz}, the npm package of the TypeScript SDK, open to everyone: {@code npm
 * install} takes its address, so that no public registry is needed.
 */
public final class SdkSurface {

    private static final String PACKAGE = "/sdk/typescript/harbor-sdk.tgz";

    private SdkSurface() {}

    /** The surface; the package is read once, now. */
    public static Surface surface() {
        Answer answer = Answer.of(200, "application/gzip", read());
        return Surface.named("sdk", new EnvelopeDialect())
                .prefix("/sdk")
                .route("GET", PACKAGE, call -> answer)
                .build();
    }

    private static byte[] read() {
        try (@Nullable InputStream in = SdkSurface.class.getResourceAsStream(PACKAGE)) {
            if (in == null) {
                throw new IllegalStateException("The package " + PACKAGE + " is missing from this build");
            }
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
