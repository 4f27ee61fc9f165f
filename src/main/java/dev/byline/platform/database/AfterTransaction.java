package dev.byline.platform.database;

import java.util.concurrent.atomic.AtomicBoolean;
import org.hibernate.SessionEventListener;

/// Does something once, when the transaction of a session has ended, or at the latest when the session is closed.
final class AfterTransaction implements SessionEventListener {

    private static final long serialVersionUID = 1L;

    private final transient Runnable action;
    private final AtomicBoolean isDone = new AtomicBoolean();

    AfterTransaction(Runnable action) {
        this.action = action;
    }

    @Override
    public void transactionCompletion(boolean successful) {
        end();
    }

    @Override
    public void end() {
        if (isDone.compareAndSet(false, true)) {
            action.run();
        }
    }
}
