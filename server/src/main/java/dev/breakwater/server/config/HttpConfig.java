package dev.breakwater.server.config;

import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Where to listen, and as whom.
 *
 * @param address a host name or IP address of this machine
 * @param port 0 for any free one
 * @param publicUrl how clients reach the server when a proxy stands in front
 * @param tls present for HTTPS
 */
public record HttpConfig(String address, int port, Optional<URI> publicUrl, Optional<Tls> tls) {

    /** PEM files of a certificate chain and its private key. */
    public record Tls(Path certificate, Path key) {}

    static HttpConfig from(Configuration configuration) {
        return new HttpConfig(
                configuration.get(Settings.HTTP_ADDRESS),
                configuration.get(Settings.HTTP_PORT),
                configuration.get(Settings.HTTP_PUBLIC_URL),
                configuration
                        .get(Settings.TLS_CERTIFICATE)
                        .flatMap(certificate ->
                                configuration.get(Settings.TLS_KEY).map(key -> new Tls(certificate, key))));
    }

    /** Whether only this machine can connect. */
    public boolean loopback() {
        try {
            return InetAddress.getByName(address).isLoopbackAddress();
        } catch (UnknownHostException e) {
            return false;
        }
    }

    private boolean isWildcard() {
        return address.equals("0.0.0.0") || address.equals("::");
    }

    /** The URL for clients, given the port that is really listened on. */
    public URI url(int boundPort) {
        String host = isWildcard() ? "localhost" : address.contains(":") ? "[" + address + "]" : address;
        return publicUrl.orElseGet(
                () -> URI.create((tls.isPresent() ? "https" : "http") + "://" + host + ":" + boundPort));
    }
}
