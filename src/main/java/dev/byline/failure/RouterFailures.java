package dev.byline.failure;

import static dev.byline.problem.ProblemType.INTERNAL;
import static dev.byline.problem.ProblemType.MALFORMED;
import static dev.byline.problem.ProblemType.NOT_FOUND;
import static dev.byline.problem.ProblemType.UNAVAILABLE;

import dev.byline.http.ProblemAnswer;
import dev.byline.http.RequestId;
import dev.byline.problem.ProblemException;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;

/// Answers what fails before or beside the REST layer, a request that is no HTTP for example. Quarkus would answer
/// with the name of the exception.
@Singleton
public class RouterFailures {

    void install(@Observes Router router) {
        router.route().order(Integer.MIN_VALUE).failureHandler(this::answer);
    }

    private void answer(RoutingContext context) {
        if (context.response().headWritten()) {
            context.next(); // too late for an answer: Quarkus closes the connection
            return;
        }
        RequestId.give(context);
        var problem = asProblem(context);
        ProblemMapper.log(problem);
        ProblemAnswer.send(context, problem);
    }

    private static ProblemException asProblem(RoutingContext context) {
        int status = context.statusCode();
        if (status == 404) {
            return new ProblemException(
                    NOT_FOUND, "There is nothing at " + context.request().path());
        }
        if (status == 503) {
            return new ProblemException(UNAVAILABLE, "The server is busy", context.failure()).with("Retry-After", "1");
        }
        return status >= 400 && status < 500
                ? new ProblemException(MALFORMED, "The request is not valid HTTP.")
                : new ProblemException(INTERNAL, null, context.failure());
    }
}
