package dev.byline.platform.persistence;

import static dev.byline.OnlyOn.Database.POSTGRESQL;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.byline.OnlyOn;
import dev.byline.Postgres;
import dev.byline.platform.database.Database;
import dev.byline.post.Post;
import dev.byline.user.User;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.stream.IntStream;
import liquibase.Liquibase;
import liquibase.database.jvm.JdbcConnection;
import liquibase.exception.LiquibaseException;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.naming.PhysicalNamingStrategy;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.Configuration;
import org.hibernate.cfg.MappingSettings;
import org.hibernate.engine.jdbc.env.spi.JdbcEnvironment;
import org.hibernate.id.enhanced.StandardOptimizerDescriptor;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/// The example of `k8s/README.md`: a column of `posts` gets another name, in `db/rename-expand.sql` and
/// `db/rename-contract.sql`, while the version that knows the old name and the version that knows the new one serve.
/// Their statements are those that Hibernate makes of the same entities. The roles have their limits of production: a
/// statement of the service that waits 2 s for a lock fails.
@OnlyOn(value = POSTGRESQL, because = "the migrations of an example, in the SQL of PostgreSQL")
@Timeout(300)
class RenameColumnTest {

    private static final String SEARCH =
            "from Post this where cast(sql('? @@ ?', column(this.search), function('search_query', :q)) as Boolean)";
    private static final String COPIED = "select count(*) from posts where body_incomplete is not null";
    private static final int ROWS = 20_000;
    private static final int SHARED = 50;

    @TempDir
    static Path folder;

    private static Postgres postgres;
    private Version old;
    private Version next;

    @BeforeAll
    static void startPostgres() throws IOException {
        postgres = new Postgres(folder);
    }

    @AfterAll
    static void stopPostgres() throws IOException {
        postgres.close();
    }

    @BeforeEach
    void startTheOldVersion() throws IOException, SQLException, LiquibaseException {
        postgres.execute("create database byline");
        try (var connection = connect("postgres");
                var statement = connection.createStatement()) {
            statement.execute(Files.readString(Path.of("k8s/components/roles/roles.sql")));
        }
        migrate("changelog.yaml", Integer.MAX_VALUE);
        old = new Version(new PhysicalNamingStrategySnakeCaseImpl(), '<');
        next = new Version(new Renaming(), '>');
    }

    @AfterEach
    void dropTheDatabase() throws SQLException {
        old.hibernate.close();
        next.hibernate.close();
        postgres.execute("drop database byline with (force)");
    }

    @Test
    void bothVersionsServeAndLoseNothing() throws Exception {
        long user = old.createUser();
        old.createPosts(user, ROWS);
        old.createPosts(user, SHARED);
        var shared = old.newest(user, SHARED);
        try (var oldWriters = new Writers(old, shared);
                var nextWriters = new Writers(next, shared)) {
            oldWriters.start();
            for (var step : List.of("copy", "backfill")) {
                runJob("rename-expand.sql", 1);
                assertTrue(old.fits(), step);
                assertFalse(next.fits(), step + ": its pods wait, because rows may have no body yet");
                serve(old, old, user);
                oldWriters.awaitMore(50);
            }
            runJob("rename-expand.sql", 1);
            assertTrue(old.fits() && next.fits());
            nextWriters.start();
            serve(old, next, user);
            serve(next, old, user);
            oldWriters.awaitMore(50);
            nextWriters.awaitMore(50);
            oldWriters.stop();

            runJob("rename-contract.sql", 1);
            assertTrue(next.fits());
            assertFalse(old.fits(), "there is no way back to it");
            serve(next, next, user);
            nextWriters.awaitMore(50);
            nextWriters.stop();

            assertEquals(oldWriters.written.get(), next.count(shared, old.mark));
            assertEquals(nextWriters.written.get(), next.count(shared, next.mark));
        }
    }

    @Test
    void everyStepRollsBackAndKeepsTheTexts() throws Exception {
        long user = old.createUser();
        var before = schema();
        migrate("rename-expand.sql", 3);
        next.createPosts(user, 3);
        var expanded = schema();
        migrate("rename-contract.sql", 1);
        next.createPosts(user, 3);
        var post = next.newest(user, 1).getFirst();
        var text = next.text(post);

        rollBack("rename-contract.sql", 1);
        assertEquals(expanded, schema());
        assertEquals(text, old.text(post));
        serve(old, next, user);
        serve(next, old, user);

        rollBack("rename-expand.sql", 3);
        assertEquals(before, schema());
        assertEquals(text, old.text(post));
        serve(old, old, user);
    }

    /// What the Job does when its pod has failed.
    @Test
    void aMigrationThatWasKilledGoesOn() throws Exception {
        long user = old.createUser();
        old.createPosts(user, ROWS);
        migrate("rename-expand.sql", 1);
        var killed = Executors.newSingleThreadExecutor();
        var migration = killed.submit(() -> {
            migrate("rename-expand.sql", 1);
            return null;
        });
        killed.shutdown();
        while (number(COPIED) == 0) {
            Thread.onSpinWait();
        }
        postgres.execute("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'byline_owner'");
        assertThrows(ExecutionException.class, migration::get);
        int copied = number(COPIED);
        assertTrue(copied > 0 && copied < ROWS, "killed half-way: " + copied);

        migrate("rename-expand.sql", 2);
        assertEquals(ROWS, number("select count(*) from posts where body = content"));
    }

    /// Everybody who wants the table waits behind a migration that waits for it.
    @Test
    void aLongTransactionStopsTheMigrationAndNotTheService() throws Exception {
        long user = old.createUser();
        old.createPosts(user, 2);
        var posts = old.newest(user, 2);
        try (var session = old.hibernate.openSession();
                var requests = Executors.newVirtualThreadPerTaskExecutor()) {
            var transaction = session.beginTransaction();
            session.find(Post.class, posts.getFirst(), LockMode.PESSIMISTIC_WRITE);
            var migration = requests.submit(
                    () -> assertThrows(LiquibaseException.class, () -> migrate("rename-expand.sql", 1)));
            while (!waiting()) {
                Thread.sleep(10);
            }
            old.append(posts.getLast());
            assertTrue(migration.get().getMessage().contains("lock timeout"));
            transaction.rollback();
        }
        migrate("rename-expand.sql", 3);
        serve(old, next, user);
    }

    /// Everything that the service does with a post, by one version; the other one reads the same.
    private static void serve(Version version, Version other, long user) {
        var word = "w" + UUID.randomUUID().toString().replace("-", "");
        long created = version.createPost(user, word);
        assertEquals(word, other.text(created));
        assertEquals(List.of(created), other.found(word));

        version.append(created);
        assertEquals(word + version.mark, other.text(created));
        other.append(created);
        assertEquals(word + version.mark + other.mark, version.text(created));

        var changed = word + " changed";
        assertEquals(1, version.change(created, changed));
        assertEquals(changed, other.text(created));

        version.createPosts(user, 2); // COPY
        assertEquals(version.newest(user, 2), other.newest(user, 2));
        other.newest(user, 2).forEach(post -> assertEquals("Text", other.text(post)));

        version.delete(created);
        assertEquals(List.of(), other.found(word));
    }

    /// A version of the service, as far as it speaks to the database: `text` is the column whose name changes.
    private final class Version {

        final SessionFactory hibernate;
        final char mark;

        Version(PhysicalNamingStrategy names, char mark) {
            this.mark = mark;
            hibernate = new Configuration()
                    .addAnnotatedClass(User.class)
                    .addAnnotatedClass(Post.class)
                    .setPhysicalNamingStrategy(names)
                    .setJdbcUrl(url())
                    .setCredentials("byline_app", "")
                    // As Quarkus sets it: both versions take ids from one sequence.
                    .setProperty(
                            MappingSettings.PREFERRED_POOLED_OPTIMIZER,
                            StandardOptimizerDescriptor.POOLED_LO.getExternalName())
                    .buildSessionFactory();
        }

        /// What {@link Schema} asks before a pod is ready.
        boolean fits() {
            try {
                hibernate.getSchemaManager().validateMappedObjects();
                return true;
            } catch (SchemaManagementException e) {
                assertTrue(e.getMessage().contains("missing column"), e.getMessage());
                return false;
            }
        }

        long createUser() {
            return hibernate.fromTransaction(session -> {
                var user = new User();
                user.name = "Ada";
                session.persist(user);
                return user.id;
            });
        }

        long createPost(long user, String text) {
            return hibernate.fromTransaction(session -> {
                var post = post(session, user, text);
                session.persist(post);
                return post.id;
            });
        }

        void createPosts(long user, int many) {
            hibernate.inTransaction(session -> BaseEntity.createAll(
                    session,
                    IntStream.range(0, many)
                            .mapToObj(i -> post(session, user, "Text"))
                            .toList()));
        }

        void append(long post) {
            hibernate.inTransaction(
                    session -> session.find(Post.class, post, LockMode.PESSIMISTIC_WRITE).content += mark);
        }

        int change(long post, String text) {
            return hibernate.fromTransaction(
                    session -> session.createMutationQuery("update versioned Post set content = :text where id = :post")
                            .setParameter("text", text)
                            .setParameter("post", post)
                            .executeUpdate());
        }

        void delete(long post) {
            hibernate.inTransaction(session -> session.remove(session.find(Post.class, post)));
        }

        String text(long post) {
            return read(session -> session.find(Post.class, post).content);
        }

        List<Long> found(String words) {
            return read(session -> session.createSelectionQuery(SEARCH, Post.class)
                    .setParameter("q", words)
                    .getResultStream()
                    .map(post -> post.id)
                    .toList());
        }

        List<Long> newest(long user, int most) {
            return read(session ->
                    Database.get()
                            .newest(session, Post.class, "user", List.of(user), most, Long.MAX_VALUE)
                            .get(user)
                            .stream()
                            .map(post -> post.id)
                            .toList());
        }

        long count(List<Long> posts, char mark) {
            return posts.stream()
                    .mapToLong(post -> text(post).chars().filter(c -> c == mark).count())
                    .sum();
        }

        private <T> T read(Function<Session, T> work) {
            return hibernate.fromTransaction(work);
        }

        private static Post post(Session session, long user, String text) {
            var post = new Post();
            post.user = session.getReference(User.class, user);
            post.title = "Title";
            post.content = text;
            return post;
        }
    }

    /// The entities of the new version are those of the old one, but for the column's name.
    private static final class Renaming extends PhysicalNamingStrategySnakeCaseImpl {

        @Override
        public Identifier toPhysicalColumnName(Identifier name, JdbcEnvironment environment) {
            return name.getText().equals("content")
                    ? Identifier.toIdentifier("body")
                    : super.toPhysicalColumnName(name, environment);
        }
    }

    /// Requests of one version, which add its mark to the texts of the same few posts as those of the other. Each one
    /// that is acknowledged is counted, and one that fails ends the test.
    private static final class Writers implements AutoCloseable {

        final AtomicInteger written = new AtomicInteger();
        private final Version version;
        private final List<Long> posts;
        private volatile boolean running = true;
        private List<Future<?>> threads = List.of();

        Writers(Version version, List<Long> posts) {
            this.version = version;
            this.posts = posts;
        }

        void start() {
            var pool = Executors.newFixedThreadPool(3);
            threads = IntStream.range(0, 3)
                    .<Future<?>>mapToObj(i -> pool.submit(this::write))
                    .toList();
            pool.shutdown();
        }

        private void write() {
            while (running) {
                version.append(posts.get(ThreadLocalRandom.current().nextInt(posts.size())));
                written.incrementAndGet();
            }
        }

        void awaitMore(int many) throws InterruptedException, ExecutionException {
            int enough = written.get() + many;
            while (written.get() < enough) {
                Thread.sleep(10);
                for (var thread : threads) {
                    if (thread.isDone()) {
                        thread.get(); // says why it has failed
                    }
                }
            }
        }

        void stop() throws Exception {
            running = false;
            for (var thread : threads) {
                thread.get(10, TimeUnit.SECONDS);
            }
        }

        @Override
        public void close() {
            running = false;
        }
    }

    private void migrate(String changes, int count) throws SQLException, LiquibaseException {
        try (var connection = connect("byline_owner")) {
            liquibase(connection, changes).update(count, "");
        }
    }

    /// Again if it could not lock the table, six times at most, as the Job of the manifests.
    private void runJob(String changes, int count) throws SQLException, LiquibaseException {
        for (int attempt = 0; ; attempt++) {
            try {
                migrate(changes, count);
                return;
            } catch (LiquibaseException e) {
                if (attempt == 6 || !e.getMessage().contains("lock timeout")) {
                    throw e;
                }
            }
        }
    }

    private void rollBack(String changes, int count) throws SQLException, LiquibaseException {
        try (var connection = connect("byline_owner")) {
            liquibase(connection, changes).rollback(count, "");
        }
    }

    private static Liquibase liquibase(Connection connection, String changes) throws LiquibaseException {
        return new Liquibase("db/" + changes, new ClassLoaderResourceAccessor(), new JdbcConnection(connection));
    }

    private List<String> schema() throws SQLException {
        try (var connection = connect("byline_owner")) {
            return MigrationsTest.schema(connection);
        }
    }

    private boolean waiting() throws SQLException {
        return number("select count(*) from pg_locks where mode = 'AccessExclusiveLock' and not granted") > 0;
    }

    private int number(String sql) throws SQLException {
        try (var connection = connect("postgres");
                var statement = connection.createStatement();
                var row = statement.executeQuery(sql)) {
            row.next();
            return row.getInt(1);
        }
    }

    private Connection connect(String role) throws SQLException {
        return DriverManager.getConnection(url(), role, "");
    }

    private String url() {
        return "jdbc:postgresql://localhost:" + postgres.port() + "/byline";
    }
}
