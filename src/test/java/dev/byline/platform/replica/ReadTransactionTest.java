package dev.byline.platform.replica;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.OnlyOn;
import dev.byline.Postgres;
import io.quarkus.arc.Arc;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.vertx.VertxContext;
import io.vertx.core.Vertx;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/// A read of several statements that must agree takes a transaction, which is on the replica as a whole.
@OnlyOn(value = POSTGRESQL, because = "reads from a hot standby, which only PostgreSQL has")
@QuarkusTest
@WithTestResource(PrimaryAndStandby.class)
class ReadTransactionTest {

    private static final String COUNT = "select count(*) from users";

    Postgres primary;
    Postgres standby;

    @Inject
    EntityManager hibernate;

    @Inject
    Vertx vertx;

    @Test
    void isOneSnapshotOfTheReplica() {
        inARequest(() -> {
            ReadRoute.current().toReplica();
            readTheSameCountTwice();
            QuarkusTransaction.requiringNew().run(() -> assertEquals(true, ask("select pg_is_in_recovery()")));
        });
    }

    private void readTheSameCountTwice() {
        QuarkusTransaction.requiringNew().run(() -> {
            hibernate
                    .createNativeQuery("set transaction isolation level repeatable read, read only")
                    .executeUpdate();
            assertEquals(true, ask("select pg_is_in_recovery()"));
            var before = ask(COUNT);
            addUserAndAwaitItOnTheStandby();
            assertEquals(before, ask(COUNT));
        });
    }

    @Test
    void isOnThePrimaryUnlessTheRequestIsARead() {
        inARequest(() -> {
            assertEquals(false, ask("select pg_is_in_recovery()"));
            QuarkusTransaction.requiringNew().run(() -> assertEquals(false, ask("select pg_is_in_recovery()")));
        });
    }

    /// On a worker thread and with a context of its own, as Quarkus REST runs a request.
    private void inARequest(Runnable work) {
        VertxContext.createNewDuplicatedContext(vertx.getOrCreateContext())
                .executeBlocking(() -> {
                    Arc.requireContainer().requestContext().activate();
                    try {
                        work.run();
                    } finally {
                        Arc.requireContainer().requestContext().terminate();
                    }
                    return null;
                })
                .toCompletionStage()
                .toCompletableFuture()
                .orTimeout(2, TimeUnit.MINUTES)
                .join();
    }

    private Object ask(String sql) {
        return hibernate.createNativeQuery(sql).getSingleResult();
    }

    private void addUserAndAwaitItOnTheStandby() {
        try {
            long before = users();
            primary.execute("insert into users (id, name, created_at, updated_at, version)"
                    + " values (nextval('users_id_seq'), 'Ada', now(), now(), 0)");
            var deadline = Instant.now().plus(Duration.ofMinutes(1));
            while (users() == before) {
                assertTrue(Instant.now().isBefore(deadline), "the standby gets no user");
                Thread.sleep(20);
            }
        } catch (SQLException | InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    private long users() throws SQLException {
        try (var connection = standby.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery(COUNT)) {
            row.next();
            return row.getLong(1);
        }
    }
}
