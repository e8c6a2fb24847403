package dev.breakwater.kernel.net;

import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/**
 * Decides to which addresses the platform connects when a user names the target (events.md 9.3). Only addresses of
 * the public internet pass, and those of the networks that the operator allows. It judges addresses, never names:
 * whoever connects must resolve once and connect to the very address that was judged.
 */
public final class AddressGuard {

    /** What IANA's registries set apart from the public internet, and the clouds' metadata services outside it. */
    private static final List<Network> REFUSED_V4 = networks(
            "0.0.0.0/8",
            "10.0.0.0/8",
            "100.64.0.0/10",
            "127.0.0.0/8",
            "168.63.129.16/32",
            "169.254.0.0/16",
            "172.16.0.0/12",
            "192.0.0.0/24",
            "192.0.2.0/24",
            "192.88.99.0/24",
            "192.168.0.0/16",
            "198.18.0.0/15",
            "198.51.100.0/24",
            "203.0.113.0/24",
            "224.0.0.0/4",
            "240.0.0.0/4");

    /** The only block of IPv6 that is routed in public. Metadata services, as fd00:ec2::254, lie outside it. */
    private static final Network PUBLIC_V6 = Network.parse("2000::/3");

    /** Parts of it that are not: protocol assignments with Teredo and benchmarks, documentation, 6to4. */
    private static final List<Network> REFUSED_V6 = networks("2001::/23", "2001:db8::/32", "2002::/16", "3fff::/20");

    /** Behind it a translator (NAT64) finds an IPv4 address in the last four bytes. */
    private static final Network TRANSLATED_V6 = Network.parse("64:ff9b::/96");

    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, (byte) 0xff, (byte) 0xff};
    private static final byte[] ISATAP = {0, 0, 0x5e, (byte) 0xfe};

    private final List<Network> allowed;

    /** Allows the public internet, and these networks although they are not part of it. */
    public AddressGuard(List<Network> allowed) {
        this.allowed = List.copyOf(allowed);
    }

    private static List<Network> networks(String... blocks) {
        return Stream.of(blocks).map(Network::parse).toList();
    }

    /** Whether a connection to this address may be made. */
    public boolean permits(InetAddress address) {
        return permits(address.getAddress());
    }

    boolean permits(byte[] address) {
        if (allowed.stream().anyMatch(network -> network.contains(address))) {
            return true;
        }
        if (address.length == 4) {
            return REFUSED_V4.stream().noneMatch(network -> network.contains(address));
        }
        if (isMapped(address) || TRANSLATED_V6.contains(address)) {
            return permits(Arrays.copyOfRange(address, 12, 16));
        }
        return PUBLIC_V6.contains(address)
                && REFUSED_V6.stream().noneMatch(network -> network.contains(address))
                && !(isIsatap(address) && !permits(Arrays.copyOfRange(address, 12, 16)));
    }

    private static boolean isMapped(byte[] address) {
        return Arrays.equals(address, 0, MAPPED.length, MAPPED, 0, MAPPED.length);
    }

    /** An interface identifier that carries an IPv4 address of the local network. */
    private static boolean isIsatap(byte[] address) {
        return (address[8] & ~2) == ISATAP[0]
                && address[9] == ISATAP[1]
                && address[10] == ISATAP[2]
                && address[11] == ISATAP[3];
    }
}
