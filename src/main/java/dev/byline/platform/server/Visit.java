package dev.byline.platform.server;

import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import java.util.List;

/// A request that passes through its lanes one after the other, and then runs. Used on its event loop.
final class Visit {

    private final RoutingContext request;
    private final List<Lane> lanes;
    private final Runnable refuse;
    private final Context eventLoop = Vertx.currentContext();

    /// No timer has this number. It is set only if the request has to wait.
    private long timer = -1;

    private int entered;
    private boolean isOver;

    /// @param refuse what to do if there is no place, or none in time
    Visit(RoutingContext request, List<Lane> lanes, Runnable refuse) {
        this.request = request;
        this.lanes = lanes;
        this.refuse = refuse;
    }

    void begin(long maxWaitMillis) {
        request.addEndHandler(ended -> end(false));
        if (!goOn()) {
            timer = request.vertx().setTimer(maxWaitMillis, late -> end(true));
        }
    }

    /// @return false if the request waits
    private boolean goOn() {
        while (entered < lanes.size()) {
            switch (lanes.get(entered).enter(this)) {
                case PLACE -> entered++;
                case WAITS -> {
                    return false;
                }
                case REFUSED -> {
                    end(true);
                    return true;
                }
            }
        }
        request.vertx().cancelTimer(timer);
        request.next();
        return true;
    }

    /// The lane in which it waited gives it a place.
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

    /// The answer is complete, the client has gone, or the request was refused or has waited too long.
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
