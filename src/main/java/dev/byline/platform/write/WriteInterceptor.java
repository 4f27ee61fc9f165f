package dev.byline.platform.write;

import dev.byline.platform.database.Database;
import dev.byline.platform.rest.SentBody;
import dev.byline.platform.server.Outcome;
import io.quarkus.hibernate.orm.panache.Panache;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import jakarta.annotation.Priority;
import jakarta.interceptor.AroundInvoke;
import jakarta.interceptor.Interceptor;
import jakarta.interceptor.InvocationContext;
import java.time.Duration;
import java.util.concurrent.Callable;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.resteasy.reactive.RestResponse;

/// What every write has in common, from the outside in: it is retried after a conflict, it is one transaction, it
/// is done once if it has an `Idempotency-Key`, and it answers as its `Prefer` asks.
@Write
@Interceptor
@Priority(Interceptor.Priority.PLATFORM_BEFORE + 200) // where @Transactional would be
public record WriteInterceptor(
        CurrentVertxRequest current,
        UnitOfWork unit,
        Idempotency idempotency,
        @ConfigProperty(name = "byline.bulk.timeout") Duration timeoutOfMany) {

    @AroundInvoke
    Object write(InvocationContext method) throws Exception {
        var request = current.getCurrent();
        boolean hasRows = SentBody.hasRows(request);
        var preferences = Preferences.of(request.request(), hasRows);
        var key = Idempotency.key(request.request());
        boolean many = hasRows || method.getMethod().getAnnotation(Write.class).many();
        Callable<RestResponse<?>> answer = () -> {
            Database.get().beginWrite(Panache.getSession());
            return preferences.applyTo((RestResponse<?>) method.proceed());
        };
        Callable<RestResponse<?>> work =
                () -> key.isPresent() ? idempotency.once(request, key.get(), answer) : answer.call();
        var timeout = many ? timeoutOfMany : Duration.ZERO;
        var result = ConflictRetry.retrying(() -> unit.run(work, preferences.keep(), timeout));
        Outcome.of(request).committed = preferences.keep();
        key.ifPresent(sent -> idempotency.makeRoom());
        return result;
    }
}
