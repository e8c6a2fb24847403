package dev.breakwater.bench.target;

import java.net.InetSocketAddress;
import java.net.URI;

/**
 * Where the load goes.
 *
 * @param url of the server, plain HTTP
 * @param key an API key with all scopes
 * @param workspace the id of a workspace that the key reaches
 */
public record Target(URI url, String key, String workspace) {

    /** The address to connect to. */
    public InetSocketAddress address() {
        return new InetSocketAddress(url.getHost(), url.getPort() < 0 ? 80 : url.getPort());
    }

    /** The value of the {@code Host} header. */
    public String host() {
        return url.getRawAuthority();
    }

    @Override
    public String toString() {
        return url + " " + workspace;
    }
}
