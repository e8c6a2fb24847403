package dev.breakwater.bench.registry;

import java.net.URI;
import java.time.Duration;

/**
 * A registry that somebody else has started, in the place of the rival.
 *
 * @param url where it is, plain HTTP
 * @param shown what it wants to be shown with each request; may be empty
 */
record Elsewhere(URI url, String shown) implements Side {

    @Override
    public String name() {
        return url.getRawAuthority();
    }

    @Override
    public String authorization(String repository) {
        return shown;
    }

    @Override
    public Duration processorTime() {
        return Duration.ZERO;
    }

    @Override
    public void close() {}
}
