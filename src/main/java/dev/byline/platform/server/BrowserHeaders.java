package dev.byline.platform.server;

import io.vertx.core.http.HttpHeaders;
import io.vertx.ext.web.RoutingContext;

/// What every answer tells browsers. They ignore `Strict-Transport-Security` without TLS. As Quarkus' settings, each of
/// these headers would be a route of its own that every request is matched against.
final class BrowserHeaders {

    private static final CharSequence CONTENT_TYPE_OPTIONS = HttpHeaders.createOptimized("X-Content-Type-Options");
    private static final CharSequence NOSNIFF = HttpHeaders.createOptimized("nosniff");
    private static final CharSequence REFERRER_POLICY = HttpHeaders.createOptimized("Referrer-Policy");
    private static final CharSequence NO_REFERRER = HttpHeaders.createOptimized("no-referrer");
    private static final CharSequence TRANSPORT_SECURITY = HttpHeaders.createOptimized("Strict-Transport-Security");
    private static final CharSequence A_YEAR = HttpHeaders.createOptimized("max-age=31536000");
    private static final CharSequence SECURITY_POLICY = HttpHeaders.createOptimized("Content-Security-Policy");
    private static final CharSequence OF_DATA =
            HttpHeaders.createOptimized("default-src 'none'; frame-ancestors 'none'");

    /// The two pages for people have inline scripts and styles.
    private static final CharSequence OF_PAGES = HttpHeaders.createOptimized(
            "default-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");

    private BrowserHeaders() {}

    static void add(RoutingContext request) {
        request.response()
                .headers()
                .add(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .add(REFERRER_POLICY, NO_REFERRER)
                .add(TRANSPORT_SECURITY, A_YEAR)
                .add(SECURITY_POLICY, isPage(request.normalizedPath()) ? OF_PAGES : OF_DATA);
    }

    private static boolean isPage(String path) {
        return path.equals("/") || path.startsWith("/q/swagger-ui");
    }
}
