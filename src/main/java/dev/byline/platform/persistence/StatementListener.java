package dev.byline.platform.persistence;

import io.quarkus.runtime.annotations.RegisterForReflection;
import org.hibernate.SessionEventListener;

/// Adds the statements of a session to its request's {@link RequestStatements}. Hibernate creates one for each
/// session, by the name in `hibernate.session.events.auto`.
@RegisterForReflection // created by name
public class StatementListener implements SessionEventListener {

    private static final long serialVersionUID = 1L;

    private final transient RequestStatements work = RequestStatements.current();
    private transient long start;

    @Override
    public void jdbcConnectionAcquisitionStart() {
        start = System.nanoTime();
    }

    @Override
    public void jdbcConnectionAcquisitionEnd() {
        work.addWait(System.nanoTime() - start);
    }

    @Override
    public void jdbcExecuteStatementStart() {
        start = System.nanoTime();
    }

    @Override
    public void jdbcExecuteStatementEnd() {
        work.addStatement(System.nanoTime() - start);
    }

    @Override
    public void jdbcExecuteBatchStart() {
        start = System.nanoTime();
    }

    @Override
    public void jdbcExecuteBatchEnd() {
        work.addStatement(System.nanoTime() - start);
    }
}
