package dev.byline.platform.security;

import io.smallrye.common.net.Inet;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/// The address of the client: the peer of the connection, or the address that a trusted proxy names.
@Singleton
public class ClientAddress {

    private static final String FORWARDED_FOR = "X-Forwarded-For";
    private static final String KEY = ClientAddress.class.getName();

    private final TrustedProxies proxies;

    ClientAddress(TrustedProxies proxies) {
        this.proxies = proxies;
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
        for (int end = hops.length(); end > 0 && proxies.contain(nearest); end = hops.lastIndexOf(',', end - 1)) {
            var hop = Addresses.parse(hops.substring(hops.lastIndexOf(',', end - 1) + 1, end));
            if (hop.isEmpty()) {
                return nearest;
            }
            nearest = hop.get();
        }
        return nearest;
    }
}
