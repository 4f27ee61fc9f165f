package dev.byline.platform.server;

import io.vertx.ext.web.RoutingContext;

/// The sender of a request. The package that reads tokens implements this: this one must not depend on it.
public interface Sender {

    /// The same name for all requests of a person with a token, or without one, of an address.
    String name(RoutingContext request);

    boolean isAnonymous(RoutingContext request);

    /// Checks the permission for an import before its body is read. It may query the database, so it must not be
    /// called on an event loop.
    ///
    /// @throws ProblemException 401 or 403 when the sender may not store these rows
    void mustBeAllowedToImport(RoutingContext request);
}
