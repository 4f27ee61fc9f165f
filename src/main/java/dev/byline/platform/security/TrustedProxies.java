package dev.byline.platform.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.common.net.CidrAddress;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The proxies whose `X-Forwarded-For` is trusted. There are none unless the proxy forwarding of Quarkus is on.
@Singleton
public class TrustedProxies {

    private final List<CidrAddress> ranges;

    /// @throws ConfigurationException if every client would be trusted, or Quarkus would read the headers
    TrustedProxies(
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
        ranges = forwarding ? proxies.get().stream().map(TrustedProxies::range).toList() : List.of();
    }

    private static CidrAddress range(String text) {
        return Addresses.parseRange(text)
                .orElseThrow(() -> new ConfigurationException(
                        "QUARKUS_HTTP_PROXY_TRUSTED_PROXIES takes addresses and ranges, such as 10.0.0.0/8, and no names."
                                + " It has " + text + "."));
    }

    boolean contain(InetAddress address) {
        return ranges.stream().anyMatch(range -> range.matches(address));
    }
}
