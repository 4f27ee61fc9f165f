package dev.byline.platform.errors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.byline.platform.persistence.DatabaseWatch;
import dev.byline.platform.pool.PoolRecovery;
import dev.byline.platform.problem.Causes;
import dev.byline.platform.problem.Problem;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.server.Connections;
import dev.byline.platform.server.ProblemResponse;
import dev.byline.platform.server.Routes;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.EntityNotFoundException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import java.io.IOException;
import java.sql.SQLException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns every exception of a request into a problem. Server failures are logged here, once each.
@Singleton
public record ProblemMapper(CurrentVertxRequest current, Routes routes, PoolRecovery pool, DatabaseWatch database) {

    // The subclasses are listed because Quarkus has its own, more specific mappers for them.
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        ConstraintViolationException.class,
        JsonProcessingException.class,
        JsonMappingException.class,
        MismatchedInputException.class
    })
    RestResponse<Problem> map(Throwable failure) {
        var context = current.getCurrent();
        OutOfMemory.endProcess(failure);
        Causes.find(failure, SQLException.class).ifPresent(pool::learn);
        database.learn(failure);
        var exception = asProblem(failure, context);
        log(exception);
        var problem = ProblemResponse.of(context, exception);
        if (context.response().headWritten()) {
            // A part of the answer has been sent. Only a broken connection tells the client that it is incomplete.
            Log.warnf("An answer was cut off: %s", exception.getMessage());
            Connections.breakOff(context);
        }
        var answer = RestResponse.ResponseBuilder.<Problem>create(exception.type().status)
                .type(Problem.MEDIA_TYPE)
                .entity(problem);
        exception.headers().forEach(answer::header);
        return answer.build();
    }

    private ProblemException asProblem(Throwable failure, RoutingContext context) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case EntityNotFoundException missing -> new ProblemException(ProblemType.NOT_FOUND, missing.getMessage());
            // With a cause, it comes from Hibernate and is about a constraint of the database.
            case EntityExistsException taken
            when taken.getCause() == null -> new ProblemException(ProblemType.CONFLICT, taken.getMessage());
            case ConstraintViolationException invalid -> ValidationProblems.of(invalid);
            case JsonProcessingException unreadable -> JsonProblems.of(unreadable);
            case WebApplicationException web
            when web.getCause() instanceof JsonProcessingException unreadable -> JsonProblems.of(unreadable);
            case WebApplicationException web -> HttpProblems.of(web, context, routes);
            // Only reading the body throws this: the client has gone, or the text is not in an encoding of JSON.
            case IOException body -> ProblemException.malformed("The body could not be read to its end.");
            default ->
                DatabaseProblems.of(
                        failure,
                        context.request().method().name(),
                        context.request().path());
        };
    }

    /// A 5xx without a cause is a limit of the service. It is not logged, because a line for each refusal would
    /// add to the load.
    static void log(ProblemException exception) {
        if (exception.type() == ProblemType.INTERNAL) {
            Log.error(exception.type().title, exception.getCause());
        } else if (exception.type().status >= 500 && exception.getCause() != null) {
            Log.warnf("%s: %s", exception.getMessage(), Causes.deepest(exception.getCause()));
        }
    }
}
