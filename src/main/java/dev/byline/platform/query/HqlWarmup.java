package dev.byline.platform.query;

import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;

/// Hibernate's parser of HQL learns its grammar from what it parses, slowly, and one thread at a time: sixteen clients
/// that asked a new process for a page at once waited six seconds for it. So it learns before there are clients: while
/// the native executable is built, and on the JVM beside the rest of the start.
@Singleton
public class HqlWarmup {

    /// Each form that the lists' statements take. The parser asks nobody whether the entities are there.
    private static final List<String> STATEMENTS = List.of(
            "select id, name, age, createdAt, updatedAt, version from User order by id",
            "select id, title, content, user.id, createdAt, updatedAt, version, user.name, user.age from Post order by id",
            "select id from Post where user.id = :w0 and title = :w1 order by createdAt desc, id desc",
            "select id from Post where (createdAt, id) < (:w0, :w1) order by createdAt desc, id desc",
            "select id from User where name >= :w0 and (name > :w0 or name = :w1 and id > :w2) order by name, id",
            "select id from User where age is not null and (age > :w0 or age is null) order by age desc nulls last, id",
            "select id from User where (age is null or age <> :w0) and age <= :w1 order by age nulls first, id desc",
            "select id from Post where user.id in (:w0) and id not in (:w1) order by id",
            "select id from Post where (title ilike :w0 escape '!' or title ilike :w1 escape '!') order by title, id",
            """
            select r.c0, case when coalesce(sum(r.octets) over (
                order by r.c1 desc, r.c0 desc rows between unbounded preceding and 1 preceding), 0) < 7 then r.c2 end
            from (select id as c0, createdAt as c1, content as c2, coalesce(octet_length(content), 0) as octets from Post
                where (createdAt, id) < (:w0, :w1) order by createdAt desc, id desc limit :most offset :skipped) r
            order by r.c1 desc, r.c0 desc""",
            "select id, case when octet_length(content) <= 7 then content end from Post order by id",
            "select content from Post where id = :id",
            "select count(*) from Post where user.id = :w0",
            "from User where id = ?1",
            "from Post p join fetch p.user where p.id = ?1",
            "from IdempotencyKey where caller = ?1 and key = ?2",
            "update versioned Post set title = :title, user = :user, updatedAt = :updatedAt where user.id = :w0",
            "delete from Post where user.id = :w0");

    private FutureTask<Void> lesson;

    /// An observer of this event runs in the build of a native executable, where there are no threads.
    void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            learn();
        } else {
            lesson = new FutureTask<>(HqlWarmup::learn, null);
            Thread.ofPlatform().daemon().name("grammar").start(lesson);
        }
    }

    void end(@Observes StartupEvent start) throws InterruptedException, ExecutionException {
        if (lesson != null) {
            lesson.get();
        }
    }

    private static void learn() {
        STATEMENTS.forEach(HqlWarmup::parse);
    }

    /// As Hibernate does it first. What is no HQL ends the build, or the start.
    private static void parse(String hql) {
        var lexer = HqlParseTreeBuilder.INSTANCE.buildHqlLexer(hql);
        var parser = HqlParseTreeBuilder.INSTANCE.buildHqlParser(hql, lexer);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        parser.statement();
    }
}
