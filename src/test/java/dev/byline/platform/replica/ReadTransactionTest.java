package dev.byline.platform.replica;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.Postgres;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.enterprise.context.control.ActivateRequestContext;
import jakarta.inject.Inject;
import jakarta.persistence.EntityManager;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/// A read of several statements that must agree takes a transaction, which is on the replica as a whole.
@QuarkusTest
@WithTestResource(PrimaryAndStandby.class)
class ReadTransactionTest {

    private static final String COUNT = "select count(*) from users";

    Postgres primary;
    Postgres standby;

    @Inject
    EntityManager hibernate;

    @Inject
    ReadRoute route;

    @Test
    @ActivateRequestContext
    void isOneSnapshotOfTheReplica() {
        route.toReplica();
        QuarkusTransaction.requiringNew().run(() -> {
            hibernate
                    .createNativeQuery("set transaction isolation level repeatable read, read only")
                    .executeUpdate();
            assertEquals(true, ask("select pg_is_in_recovery()"));
            var before = ask(COUNT);
            addUserAndAwaitItOnTheStandby();
            assertEquals(before, ask(COUNT));
        });
        QuarkusTransaction.requiringNew().run(() -> assertEquals(true, ask("select pg_is_in_recovery()")));
    }

    @Test
    @ActivateRequestContext
    void isOnThePrimaryUnlessTheRequestIsARead() {
        assertEquals(false, ask("select pg_is_in_recovery()"));
        QuarkusTransaction.requiringNew().run(() -> assertEquals(false, ask("select pg_is_in_recovery()")));
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
