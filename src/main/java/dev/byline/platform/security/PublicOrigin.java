package dev.byline.platform.security;

import io.quarkus.runtime.configuration.ConfigurationException;
import jakarta.inject.Singleton;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The public address of this deployment, from its settings. A request's `Host` is not trusted: it may be forged,
/// and a client that believed it would send its token to an attacker.
@Singleton
public class PublicOrigin {

    static final String METADATA = "/.well-known/oauth-protected-resource";

    private final Optional<URI> origin;

    /// @throws ConfigurationException if the setting is not such an address
    PublicOrigin(@ConfigProperty(name = "byline.http.origin") Optional<String> origin) {
        this.origin = origin.map(PublicOrigin::parse);
    }

    /// The OAuth resource identifier of the deployment (RFC 9728, section 1.2).
    Optional<String> resource() {
        return origin.map(it -> root(it) + path(it));
    }

    /// The URL of its metadata: the well-known path stands between host and path (RFC 9728, section 3.1).
    Optional<String> metadata() {
        return origin.map(it -> root(it) + METADATA + path(it));
    }

    /// Whether it is the origin of this deployment's own pages.
    boolean is(String origin) {
        return this.origin.map(PublicOrigin::root).filter(origin::equals).isPresent();
    }

    private static String root(URI origin) {
        return origin.getScheme() + "://" + origin.getRawAuthority();
    }

    private static String path(URI origin) {
        var path = origin.getRawPath();
        return path.endsWith("/") ? path.substring(0, path.length() - 1) : path;
    }

    private static URI parse(String text) {
        try {
            var uri = new URI(new URI(text).toASCIIString());
            if (("https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme()))
                    && uri.getHost() != null
                    && uri.getRawUserInfo() == null
                    && uri.getRawQuery() == null
                    && uri.getRawFragment() == null) {
                return uri;
            }
        } catch (URISyntaxException malformed) {
            // reported below
        }
        throw new ConfigurationException(
                "BYLINE_HTTP_ORIGIN must be the address by which clients know this service, such"
                        + " as https://api.example.org: http or https, without user, query and fragment. It is " + text
                        + ".");
    }
}
