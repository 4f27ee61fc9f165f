package dev.byline.platform.query;

import static java.util.stream.Collectors.joining;

import dev.byline.platform.database.Database;
import dev.byline.platform.problem.ProblemException;
import io.quarkus.hibernate.orm.panache.Panache;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.Map;

/// The rows of an entity that fit a query: to be read, counted, changed or deleted.
///
/// @param <E> the entity
public record Rows<E>(Query query) {

    /// One page of them, in one statement.
    public Page page() {
        return Page.read(query, query.columns().all());
    }

    /// The page with only those columns that show whether its rows have changed. It is cheap to read.
    public Page versions() {
        return Page.read(query, query.columns().ofVersion());
    }

    /// Reads all of them from one snapshot of the database, in batches, in constant memory.
    ///
    /// @throws ProblemException 503 when it takes longer than the timeout
    /// @throws IOException when the rows cannot be taken: the client has gone
    public void read(Duration timeout, RowStream.Reader reader) throws IOException {
        RowStream.read(query, timeout, reader);
    }

    /// How many there are. Counting costs as much as reading them.
    public long count() {
        var where = query.where();
        return SelectStatements.selection("select count(*)" + SelectStatements.from(query, where), where, Long.class)
                .getSingleResult();
    }

    /// About how many there are, by the database's planner. No row is read.
    public long estimate() {
        var where = query.where();
        return Database.get().estimate(Panache.getSession(), SelectStatements.from(query, where), where.parameters());
    }

    /// Sets fields to these values in all of the rows, in one statement. It increments the versions.
    ///
    /// @param values by the names of the fields
    /// @return how many rows there were
    public int change(Map<String, ?> values) {
        var attributes = new LinkedHashMap<String, Object>();
        values.forEach((name, value) ->
                attributes.put(query.of().field(name).orElseThrow().path(), value));
        attributes.put("updatedAt", Instant.now().truncatedTo(ChronoUnit.MICROS));
        var where = query.where();
        var assignments = attributes.entrySet().stream()
                .map(attribute -> attribute.getKey() + " = " + where.bind(attribute.getValue()))
                .collect(joining(", "));
        return execute("update versioned " + query.of().name() + " set " + assignments, where);
    }

    /// Deletes all of the rows, in one statement.
    ///
    /// @return how many rows there were
    public int delete() {
        return execute("delete from " + query.of().name(), query.where());
    }

    private static int execute(String statement, Where where) {
        var mutation = Panache.getSession().createMutationQuery(statement + " where " + where.hql());
        where.parameters().forEach(mutation::setParameter);
        return mutation.executeUpdate();
    }
}
