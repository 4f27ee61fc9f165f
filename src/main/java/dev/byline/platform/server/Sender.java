package dev.byline.platform.server;

import io.vertx.ext.web.RoutingContext;

/// Who sends a request. Tokens are the business of another package, which this one must not know, so the answer comes
/// from there.
public interface Sender {

    /// One name for each person with a token, else for each address.
    String name(RoutingContext request);

    boolean isAnonymous(RoutingContext request);

    /// Lets an import go on before its body is read. It may ask the database, so it must not be called on an event
    /// loop.
    ///
    /// @throws ProblemException 401 or 403 when the sender may not store these rows
    void mustBeAllowedToImport(RoutingContext request);
}
