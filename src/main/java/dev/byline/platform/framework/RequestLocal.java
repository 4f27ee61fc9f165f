package dev.byline.platform.framework;

import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import java.util.function.Supplier;

/// A value of the current request, on whichever thread it runs. It is kept in the context that Vert.x makes for each
/// request. A request-scoped bean is kept there too, but each call of its proxy looks up scope, context and bean. This
/// class can be removed when that costs as little as this.
public final class RequestLocal<T> {

    private final Supplier<T> initial;

    public RequestLocal(Supplier<T> initial) {
        this.initial = initial;
    }

    /// Outside a request, at start for example, a new value that nobody else gets.
    public T get() {
        var context = Vertx.currentContext();
        if (context == null || !VertxContext.isDuplicatedContext(context)) {
            return initial.get();
        }
        T known = context.getLocal(this);
        if (known == null) {
            known = initial.get();
            context.putLocal(this, known);
        }
        return known;
    }
}
