package dev.byline.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import dev.byline.http.RequestId;
import io.quarkus.logging.Log;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityNotFoundException;
import jakarta.validation.ConstraintViolationException;
import jakarta.ws.rs.WebApplicationException;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.server.ServerExceptionMapper;

/// Turns every exception of a request into a problem. Server failures are logged here, once each.
@Singleton
public class ProblemMapper {

    private final CurrentVertxRequest current;

    ProblemMapper(CurrentVertxRequest current) {
        this.current = current;
    }

    // The subclasses are named because Quarkus has mappers of its own for them, which would be more specific than this
    // one.
    @ServerExceptionMapper({
        Throwable.class,
        WebApplicationException.class,
        ConstraintViolationException.class,
        JsonProcessingException.class,
        JsonMappingException.class,
        MismatchedInputException.class
    })
    RestResponse<Problem> map(Throwable failure) {
        var request = current.getCurrent();
        var exception = asProblem(
                failure, request.request().method().name(), request.request().path());
        log(exception);
        var answer = RestResponse.ResponseBuilder.<Problem>create(exception.type().status)
                .type(Problem.MEDIA_TYPE)
                .entity(exception.problem(request.request().path(), RequestId.of(request)));
        exception.headers().forEach(answer::header);
        return answer.build();
    }

    private static ProblemException asProblem(Throwable failure, String method, String path) {
        return switch (failure) {
            case ProblemException problem -> problem;
            case EntityNotFoundException missing -> new ProblemException(ProblemType.NOT_FOUND, missing.getMessage());
            case ConstraintViolationException invalid -> ValidationProblems.of(invalid);
            case JsonProcessingException unreadable -> JsonProblems.of(unreadable);
            case WebApplicationException web -> HttpProblems.of(web, method, path);
            default -> DatabaseProblems.of(failure, method, path);
        };
    }

    private static void log(ProblemException exception) {
        if (exception.type() == ProblemType.INTERNAL) {
            Log.error(exception.type().title, exception.getCause());
        } else if (exception.type().status >= 500) {
            Log.warnf("%s: %s", exception.getMessage(), exception.getCause());
        }
    }
}
