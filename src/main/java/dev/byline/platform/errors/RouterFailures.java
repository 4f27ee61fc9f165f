package dev.byline.platform.errors;

import static dev.byline.platform.problem.ProblemType.INTERNAL;
import static dev.byline.platform.problem.ProblemType.NOT_FOUND;

import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.security.AuthProblems;
import dev.byline.platform.server.BodyReader;
import dev.byline.platform.server.Connections;
import dev.byline.platform.server.ProblemResponse;
import dev.byline.platform.server.RequestId;
import io.quarkus.oidc.OIDCException;
import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.security.AuthenticationFailedException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// Answers failures outside the REST layer: a request that is not HTTP, a token that is not accepted. Quarkus
/// would answer with the name of the exception, or with nothing.
@Singleton
public record RouterFailures(
        @ConfigProperty(name = "byline.http.max-body-size") MemorySize bodyLimit, AuthProblems refusals) {

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext context) {
        OutOfMemory.endProcess(context.failure());
        if (context.response().closed() || context.response().ended() || context.failure() instanceof IOException) {
            return; // the client has gone, or has its answer
        }
        if (context.response().headWritten()) {
            Connections.breakOff(context); // too late for an answer
            return;
        }
        RequestId.give(context);
        var problem = asProblem(context);
        ProblemMapper.log(problem);
        ProblemResponse.send(context, problem);
    }

    private ProblemException asProblem(RoutingContext context) {
        return switch (context.failure()) {
            case ProblemException problem -> problem;
            case AuthenticationFailedException token -> refusals.badToken(token);
            case OIDCException away -> ProblemException.unavailable("The issuer of tokens does not answer", away);
            case null, default -> ofStatus(context);
        };
    }

    private ProblemException ofStatus(RoutingContext context) {
        int status = context.statusCode();
        return switch (status) {
            case 404 ->
                new ProblemException(
                        NOT_FOUND, "There is nothing at " + context.request().path());
            case 413 -> BodyReader.tooLarge(bodyLimit.asLongValue());
            case 503 -> ProblemException.unavailable("The server is busy", context.failure());
            default ->
                status >= 400 && status < 500
                        ? ProblemException.malformed("The request is not valid HTTP.")
                        : new ProblemException(INTERNAL, null, context.failure());
        };
    }
}
