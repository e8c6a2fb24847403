package dev.breakwater.kernel.net;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.apache.hc.client5.http.DnsResolver;

/**
 * Resolves the host of a connection that is about to be made and refuses it when any of its addresses must not be
 * reached. The HTTP client connects to exactly the addresses returned here, so a name that changes its addresses
 * between the check and the use gains nothing. Every outbound connection to a target that a user names is made with it.
 */
public final class GuardedResolver implements DnsResolver {

    private final Names names;
    private final AddressGuard guard;

    /** Where names are looked up. */
    @FunctionalInterface
    public interface Names {
        /** All addresses of a host, at least one. */
        InetAddress[] lookUp(String host) throws UnknownHostException;
    }

    /** The host has an address that must not be reached. */
    public static final class AddressBlocked extends UnknownHostException {
        private static final long serialVersionUID = 1;

        AddressBlocked(String host) {
            super(host);
        }
    }

    /** Checks what {@code names} finds. */
    public GuardedResolver(Names names, AddressGuard guard) {
        this.names = names;
        this.guard = guard;
    }

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
        InetAddress[] addresses = names.lookUp(host);
        for (InetAddress address : addresses) {
            if (!guard.permits(address)) {
                throw new AddressBlocked(host);
            }
        }
        return addresses;
    }

    @Override
    public String resolveCanonicalHostname(String host) {
        return host;
    }
}
