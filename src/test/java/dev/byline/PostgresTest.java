package dev.byline;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What the tests of failures stand on.
@OnlyOn(value = POSTGRESQL, because = "PostgreSQL's server, which it tests")
class PostgresTest {

    @TempDir
    Path folder;

    @Test
    void keepsWhatIsCommittedThroughAKillAndAPromotion() throws Exception {
        try (var primary = new Postgres(folder);
                var standby = primary.standby()) {
            primary.execute("create table t (id int)");
            primary.execute("insert into t values (1)");
            primary.kill();
            primary.start();
            assertEquals(1, rows(primary));
            primary.execute("insert into t values (2)");
            for (int i = 0; i < 600 && rows(standby) < 2; i++) {
                Thread.sleep(100);
            }
            primary.kill();
            standby.promote();
            standby.execute("insert into t values (3)");
            assertEquals(3, rows(standby));
        }
    }

    private static int rows(Postgres server) throws Exception {
        try (var connection = server.connect();
                var statement = connection.createStatement();
                var row = statement.executeQuery("select count(*) from t")) {
            assertTrue(row.next());
            return row.getInt(1);
        }
    }
}
