package dev.byline.platform.server;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/// A request on its way through its lanes, one after the other, and then in work. It happens on the event loop of its
/// connection.
final class Visit {

    private final RoutingContext request;
    private final List<Lane> lanes;
    private final Runnable refuse;
    private final Context eventLoop = Vertx.currentContext();
    private long timer;
    private int entered;
    private boolean isOver;

    /// @param refuse what to do where there is no place, or none in time
    Visit(RoutingContext request, List<Lane> lanes, Runnable refuse) {
        this.request = request;
        this.lanes = lanes;
        this.refuse = refuse;
    }

    void begin(long maxWaitMillis) {
        timer = request.vertx().setTimer(maxWaitMillis, late -> end(true));
        request.addEndHandler(ended -> end(false));
        goOn();
    }

    private void goOn() {
        while (entered < lanes.size()) {
            switch (lanes.get(entered).enter(this)) {
                case PLACE -> entered++;
                case WAITS -> {
                    return;
                }
                case REFUSED -> {
                    end(true);
                    return;
                }
            }
        }
        request.vertx().cancelTimer(timer);
        request.next();
    }

    /// The lane that it waited in has handed a place over to it.
    private void place(Lane lane) {
        eventLoop.runOnContext(turn -> {
            if (isOver) {
                giveBack(lane);
            } else {
                entered++;
                goOn();
            }
        });
    }

    /// The answer is complete, or the client has gone, or it has waited for too long.
    private void end(boolean refused) {
        if (isOver) {
            return;
        }
        isOver = true;
        request.vertx().cancelTimer(timer);
        if (entered < lanes.size()) {
            lanes.get(entered).giveUp(this);
        }
        while (entered > 0) {
            giveBack(lanes.get(--entered));
        }
        if (refused) {
            refuse.run();
        }
    }

    private static void giveBack(Lane lane) {
        var next = lane.handOver();
        if (next != null) {
            next.place(lane);
        }
    }
}
