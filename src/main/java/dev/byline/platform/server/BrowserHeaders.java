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

    /// The console's own files, and requests to this service. Only its template library may make HTML of text.
    private static final CharSequence OF_CONSOLE = HttpHeaders.createOptimized(
            "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; connect-src 'self'; base-uri 'none'; "
                    + "form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types lit-html");

    /// Swagger UI has inline scripts and styles.
    private static final CharSequence OF_SWAGGER_UI = HttpHeaders.createOptimized(
            "default-src 'self' 'unsafe-inline'; img-src 'self' data:; frame-ancestors 'none'");

    /// Without it, a browser could run the files of two versions together for a day.
    private static final CharSequence ASK_AGAIN = HttpHeaders.createOptimized("no-cache");

    private BrowserHeaders() {}

    static void add(RoutingContext request) {
        var path = request.normalizedPath();
        var headers = request.response()
                .headers()
                .add(CONTENT_TYPE_OPTIONS, NOSNIFF)
                .add(REFERRER_POLICY, NO_REFERRER)
                .add(TRANSPORT_SECURITY, A_YEAR)
                .add(SECURITY_POLICY, policy(path));
        if (ConsoleFiles.isOwn(path)) {
            headers.add(HttpHeaders.CACHE_CONTROL, ASK_AGAIN);
        }
    }

    private static CharSequence policy(String path) {
        if (ConsoleFiles.isPage(path)) {
            return OF_CONSOLE;
        }
        return path.startsWith("/q/swagger-ui") ? OF_SWAGGER_UI : OF_DATA;
    }
}
