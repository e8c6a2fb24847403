package dev.breakwater.kernel.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AddressGuardTest {

    private static final AddressGuard STRICT = new AddressGuard(List.of());

    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "100.64.0.1",
                "100.100.100.200",
                "127.0.0.1",
                "127.255.255.254",
                "168.63.129.16",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.192",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::127.0.0.1",
                "::8.8.8.8",
                "fe80::1",
                "fec0::1",
                "fc00::1",
                "fd00:ec2::254",
                "ff02::1",
                "64:ff9b::10.0.0.1",
                "64:ff9b::169.254.169.254",
                "64:ff9b:1::8.8.8.8",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:db8::1",
                "2002:0a00:0001::1",
                "2002:808:808::1",
                "3fff::1",
                "2606:4700::5efe:10.0.0.1",
                "2606:4700::200:5efe:192.168.0.1"
            })
    void refusesEverythingOutsideThePublicInternet(String address) {
        assertThat(STRICT.permits(InetAddress.ofLiteral(address))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "8.8.8.8",
                "100.63.255.255",
                "100.128.0.0",
                "172.15.255.255",
                "172.32.0.0",
                "223.255.255.255",
                "2606:4700::1111",
                "2a00:1450:4001::1",
                "64:ff9b::8.8.8.8"
            })
    void permitsThePublicInternet(String address) {
        assertThat(STRICT.permits(InetAddress.ofLiteral(address))).isTrue();
    }

    @Property
    void anIpv6FormIsNeverMorePermissiveThanTheAddressInIt(@ForAll @Size(4) byte[] v4) {
        assertThat(STRICT.permits(behind("00000000000000000000ffff", v4))).isEqualTo(STRICT.permits(v4));
        assertThat(STRICT.permits(behind("0064ff9b0000000000000000", v4))).isEqualTo(STRICT.permits(v4));
        assertThat(STRICT.permits(behind("000000000000000000000000", v4))).isFalse();
    }

    @Property
    void onlyAllowedNetworksArePermittedBesides(@ForAll @Size(4) byte[] v4) {
        AddressGuard guard = new AddressGuard(List.of(Network.parse("10.1.0.0/16")));

        boolean inside = v4[0] == 10 && v4[1] == 1;

        assertThat(guard.permits(v4)).isEqualTo(inside || STRICT.permits(v4));
    }

    @Property
    void aNetworkHoldsTheAddressesThatShareItsPrefix(
            @ForAll @Size(4) byte[] first, @ForAll @Size(4) byte[] other, @ForAll @IntRange(max = 32) int bits) {
        int mask = bits == 0 ? 0 : -1 << (32 - bits);
        Network network = new Network(bytes(integer(first) & mask), bits);

        assertThat(network.contains(first)).isTrue();
        assertThat(network.contains(other)).isEqualTo((integer(other) & mask) == (integer(first) & mask));
    }

    @Test
    void anAllowedNetworkAlsoCountsInItsIpv6Form() {
        AddressGuard guard = new AddressGuard(List.of(Network.parse("127.0.0.0/8")));

        assertThat(guard.permits(behind("00000000000000000000ffff", new byte[] {127, 0, 0, 1})))
                .isTrue();
        assertThat(guard.permits(InetAddress.ofLiteral("::1"))).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "localhost", "10.0.0.0/33", "10.0.0.1/8", "10.0.0.0/x", "fd00::/129", "10.0.0.0/-1"})
    void refusesWhatIsNoNetwork(String text) {
        assertThatThrownBy(() -> Network.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("'" + text + "'");
    }

    private static byte[] behind(String prefix, byte[] v4) {
        byte[] address = java.util.Arrays.copyOf(java.util.HexFormat.of().parseHex(prefix), 16);
        System.arraycopy(v4, 0, address, 12, 4);
        return address;
    }

    private static int integer(byte[] v4) {
        return java.nio.ByteBuffer.wrap(v4).getInt();
    }

    private static byte[] bytes(int v4) {
        return java.nio.ByteBuffer.allocate(4).putInt(v4).array();
    }
}
