package dev.byline.platform.query;

import dev.byline.platform.framework.HqlGrammar;
import io.quarkus.runtime.ImageMode;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.context.Initialized;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/// Hibernate's HQL parser caches parts of its grammar while it parses. That is slow, and only one thread at a time
/// can do it: sixteen concurrent clients of a new process waited six seconds. So it is done before there are
/// clients: while the native executable is built, and on the JVM in parallel with the start.
@Singleton
public class HqlWarmup {

    /// One statement of each form that the service uses. The parser does not check whether the entities exist.
    static final List<String> STATEMENTS = List.of(
            "select id, brief, size, createdAt, updatedAt, version from Thing order by id",
            "select id, brief, text, owner.id, createdAt, updatedAt, version, owner.kind, owner.size from Thing order by id",
            "select id from Thing where owner.id = :w0 and brief = :w1 order by createdAt desc, id desc",
            "select id from Thing where (createdAt, id) < (:w0, :w1) order by createdAt desc, id desc",
            "select id from Thing where brief >= :w0 and (brief > :w0 or brief = :w1 and id > :w2) order by brief, id",
            "select id from Thing where size is not null and (size > :w0 or size is null) order by size desc nulls last, id",
            "select id from Thing where (size is null or size <> :w0) and size <= :w1 order by size nulls first, id desc",
            "select id from Thing where owner.id in (:w0) and id not in (:w1) order by id",
            "select id from Thing where (brief ilike :w0 escape '!' or brief ilike :w1 escape '!') order by brief, id",
            """
            select r.c0, case when coalesce(sum(r.octets) over (
                order by r.c1 desc, r.c0 desc rows between unbounded preceding and 1 preceding), 0) < 7 then r.c2 end
            from (select id as c0, createdAt as c1, text as c2, coalesce(octet_length(text), 0) as octets from Thing
                where (createdAt, id) < (:w0, :w1) order by createdAt desc, id desc limit :most offset :skipped) r
            order by r.c1 desc, r.c0 desc""",
            """
            select id, case when coalesce(octet_length(text), 0) <= :longest then text end,
                case when coalesce(octet_length(text), 0) <= :longest then 1 else 0 end from Thing order by id""",
            "select text from Thing where id = :id",
            "select count(*) from Thing where owner.id = :w0",
            "from Thing where id = ?1",
            "select id from Thing where issuer = ?1 and subject = ?2",
            "from IdempotencyKey where caller = ?1 and key = ?2",
            "update versioned Thing set brief = :w1, owner.id = :w2, updatedAt = :w3 where owner.id = :w0",
            "delete from Thing where owner.id = :w0");

    private CompletableFuture<Void> lesson;

    /// This event is also observed during the build of a native executable, which cannot start threads.
    void begin(@Observes @Initialized(ApplicationScoped.class) Object start) {
        if (ImageMode.current() == ImageMode.NATIVE_BUILD) {
            learn();
        } else {
            lesson = CompletableFuture.runAsync(HqlWarmup::learn);
        }
    }

    void end(@Observes StartupEvent start) {
        if (lesson != null) {
            lesson.join();
        }
    }

    private static void learn() {
        STATEMENTS.forEach(HqlGrammar::parse); // an invalid statement fails the build, or the start
    }
}
