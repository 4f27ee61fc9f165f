package dev.byline.platform.security;

import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/// Parses IP addresses from text, without a DNS query.
final class Addresses {

    /// The prefix length of the IPv6 network that one subscriber usually gets (RFC 6177).
    private static final int SUBSCRIBER_BITS = 64;

    private static final int LONGEST_PORT = 5;

    private Addresses() {}

    /// Parses an address with or without brackets, zone and port, as proxies write it: `203.0.113.7`,
    /// `203.0.113.7:4711`, `2001:db8::7`, `[2001:db8::7]:4711`. `::ffff:203.0.113.7` (IPv4-mapped) is an IPv4
    /// address.
    ///
    /// @return empty if it is not an address
    static Optional<InetAddress> parse(String text) {
        var stripped = text.strip();
        int end = endOfHost(stripped);
        var bytes = isPort(stripped.substring(end)) ? Inet.parseInetAddressToBytes(stripped.substring(0, end)) : null;
        try {
            return bytes == null ? Optional.empty() : Optional.of(InetAddress.getByAddress(bytes));
        } catch (UnknownHostException impossible) {
            throw new IllegalStateException("an address has 4 or 16 bytes", impossible);
        }
    }

    private static int endOfHost(String text) {
        if (text.startsWith("[")) {
            return text.indexOf(']') + 1;
        }
        int colon = text.indexOf(':');
        return colon >= 0 && colon == text.lastIndexOf(':') ? colon : text.length();
    }

    private static boolean isPort(String rest) {
        return rest.isEmpty()
                || rest.startsWith(":")
                        && rest.length() - 1 <= LONGEST_PORT
                        && rest.chars().skip(1).allMatch(c -> c >= '0' && c <= '9');
    }

    /// A range such as `10.0.0.0/8`, or a single address.
    ///
    /// @return empty if it is neither
    static Optional<CidrAddress> parseRange(String text) {
        return Optional.ofNullable(Inet.parseCidrAddress(text.strip()))
                .or(() -> parse(text).map(one -> CidrAddress.create(one, one.getAddress().length * Byte.SIZE)));
    }

    /// The key by which one caller is counted: an IPv4 address, or the IPv6 network of a subscriber. One
    /// subscriber has too many IPv6 addresses to count each.
    static String subscriber(InetAddress address) {
        return address.getAddress().length * Byte.SIZE > SUBSCRIBER_BITS
                ? CidrAddress.create(address, SUBSCRIBER_BITS).toString()
                : Inet.toOptimalString(address);
    }
}
