package dev.breakwater.kernel.net;

import java.net.InetAddress;
import java.util.HexFormat;

/**
 * A block of addresses in CIDR notation, for example {@code 10.0.0.0/8} or {@code fd00::/8}.
 *
 * @param first its first address, 4 or 16 bytes
 * @param bits how many leading bits all its addresses share
 */
public record Network(byte[] first, int bits) {

    /** Refuses a prefix that the address has no room for, and bits set behind the prefix. */
    public Network {
        first = first.clone();
        if (bits < 0 || bits > first.length * 8) {
            throw new IllegalArgumentException("The prefix of a network has 0 to " + first.length * 8 + " bits");
        }
        for (int bit = bits; bit < first.length * 8; bit++) {
            if ((first[bit / 8] & (0x80 >> (bit % 8))) != 0) {
                throw new IllegalArgumentException("The address of a network has no bits behind its prefix");
            }
        }
    }

    /**
     * Reads {@code address/bits}; a bare address means that one address.
     *
     * @throws IllegalArgumentException when it is anything else; names are never looked up
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        byte[] address;
        try {
            address = InetAddress.ofLiteral(slash < 0 ? text : text.substring(0, slash))
                    .getAddress();
            return new Network(address, slash < 0 ? address.length * 8 : Integer.parseInt(text.substring(slash + 1)));
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException("'" + text + "' is not a network such as 10.0.0.0/8 or fd00::/8", e);
        }
    }

    /** Whether the address, 4 or 16 bytes, lies in this block; never when it is of the other family. */
    public boolean contains(byte[] address) {
        if (address.length != first.length) {
            return false;
        }
        for (int bit = 0; bit < bits; bit += 8) {
            int mask = bits - bit >= 8 ? 0xff : (0xff << (8 - (bits - bit))) & 0xff;
            if (((address[bit / 8] ^ first[bit / 8]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Network network
                && bits == network.bits
                && java.util.Arrays.equals(first, network.first);
    }

    @Override
    public int hashCode() {
        return 31 * java.util.Arrays.hashCode(first) + bits;
    }

    @Override
    public String toString() {
        return HexFormat.of().formatHex(first) + "/" + bits;
    }
}
