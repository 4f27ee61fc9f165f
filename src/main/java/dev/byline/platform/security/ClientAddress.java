package dev.byline.platform.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.net.CidrAddress;
import io.smallrye.common.net.Inet;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The address of the client: the peer of the connection, or the address that a trusted proxy names. There are no
/// trusted proxies unless the proxy forwarding of Quarkus is on.
@Singleton
public class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String KEY = ClientAddress.class.getName();

    private final List<CidrAddress> proxies;

    /// @throws ConfigurationException if every client would be trusted, or Quarkus would read the headers
    ClientAddress(
            @ConfigProperty(name = "quarkus.http.proxy.proxy-address-forwarding", defaultValue = "false")
                    boolean forwarding,
            @ConfigProperty(name = "quarkus.http.proxy.allow-forwarded", defaultValue = "false") boolean allowForwarded,
            @ConfigProperty(name = "quarkus.http.proxy.allow-x-forwarded") boolean allowXForwarded,
            @ConfigProperty(name = "quarkus.http.proxy.trusted-proxies") Optional<List<String>> proxies) {
        if (forwarding && (allowForwarded || allowXForwarded)) {
            throw new ConfigurationException(
                    "Of the headers of proxies only X-Forwarded-For is read, and not by Quarkus."
                            + " Do not set QUARKUS_HTTP_PROXY_ALLOW_FORWARDED and QUARKUS_HTTP_PROXY_ALLOW_X_FORWARDED.");
        }
        if (forwarding && proxies.isEmpty()) {
            throw new ConfigurationException(
                    "Every client could name any address as its own: X-Forwarded-For is believed"
                            + " (QUARKUS_HTTP_PROXY_PROXY_ADDRESS_FORWARDING), whoever sends it. Set"
                            + " QUARKUS_HTTP_PROXY_TRUSTED_PROXIES to the addresses or ranges of the proxies, such as 10.0.0.0/8.");
        }
        this.proxies =
                forwarding ? proxies.get().stream().map(ClientAddress::range).toList() : List.of();
    }

    private static CidrAddress range(String text) {
        return Addresses.parseRange(text)
                .orElseThrow(() -> new ConfigurationException(
                        "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES takes addresses and ranges, such as 10.0.0.0/8, and no names."
                                + " It has " + text + "."));
    }

    /// The client's address, computed once for each request.
    InetAddress of(RoutingContext request) {
        InetAddress known = request.get(KEY);
        if (known != null) {
            return known;
        }
        var address = behind(peer(request), request.request().headers().getAll(FORWARDED_FOR));
        request.put(KEY, address);
        return address;
    }

    private static InetAddress peer(RoutingContext request) {
        return Optional.ofNullable(request.request().connection().remoteAddress())
                .map(peer -> peer.hostAddress())
                .flatMap(Addresses::parse)
                .orElse(Inet.INET4_LOOPBACK); // a Unix socket
    }

    /// Each proxy appends the peer of its own connection on the right, so values that a client has made up are on
    /// the left. If a trusted proxy has appended an invalid address, the address of that proxy counts.
    ///
    /// @param headers the values of `X-Forwarded-For`
    InetAddress behind(InetAddress peer, List<String> headers) {
        var nearest = peer;
        var hops = String.join(",", headers);
        for (int end = hops.length(); end > 0 && isProxy(nearest); end = hops.lastIndexOf(',', end - 1)) {
            var hop = Addresses.parse(hops.substring(hops.lastIndexOf(',', end - 1) + 1, end));
            if (hop.isEmpty()) {
                return nearest;
            }
            nearest = hop.get();
        }
        return nearest;
    }

    private boolean isProxy(InetAddress address) {
        return proxies.stream().anyMatch(range -> range.matches(address));
    }
}
