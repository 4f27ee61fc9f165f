package dev.byline.platform.query;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.toList;

import dev.byline.platform.database.Database;
import dev.byline.platform.query.FilterParser.Condition;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/// The fields of an entity that clients may query. Clients can filter by every field, sort by it (unless it is
/// large) and select it.
///
/// The fields `id` and `version` are required: `id` makes every order total, `version` shows changes of a page.
public final class QueryFields<E> {

    /// Bounds the memory. Those of further kinds of queries are worked out each time.
    private static final int MOST_SELECTIONS = 200;

    private record Selection(List<Field> fields, Order order) {}

    private final Class<E> entity;
    private final boolean searchable;
    private final List<Field> own;
    private final Map<String, List<Field>> embedded;
    private final Map<String, Field> all = new LinkedHashMap<>();
    private final Map<String, Condition> conditions = new LinkedHashMap<>();
    private final Map<Selection, Columns> columns = new ConcurrentHashMap<>();

    private QueryFields(Class<E> entity, Collection<Field> fields, boolean searchable) {
        this.entity = entity;
        this.searchable = searchable;
        own = fields.stream().filter(field -> field.embedded() == null).toList();
        embedded = fields.stream()
                .filter(field -> field.embedded() != null)
                .collect(groupingBy(Field::embedded, LinkedHashMap::new, toList()));
        for (var field : fields) {
            all.put(field.name(), field);
            field.operators()
                    .forEach(operator ->
                            conditions.put(operator.parameter(field.name()), new Condition(field, operator)));
        }
    }

    public static <E> QueryFields<E> of(Class<E> entity, Field... fields) {
        return new QueryFields<>(entity, List.of(fields), false);
    }

    /// Clients can embed the row that this attribute refers to, and query its fields, as in `owner.size`.
    ///
    /// @throws IllegalStateException when the reference may be null: HQL would leave out the rows without one
    public QueryFields<E> embedding(String attribute, QueryFields<?> row) {
        if (reference(attribute).isNullable()) {
            throw new IllegalStateException(attribute + " may be null, so it cannot be embedded");
        }
        var embedded = row.own.stream().map(field -> field.of(attribute));
        return new QueryFields<>(
                entity, Stream.concat(all.values().stream(), embedded).toList(), searchable);
    }

    /// The table has what {@link Database#searchCondition} needs.
    public QueryFields<E> searchable() {
        return new QueryFields<>(entity, all.values(), true);
    }

    /// Reads a query from the parameters of a request.
    ///
    /// @param members the names of further rows that can be embedded; the caller adds these rows
    /// @param values that the rows have, whatever the parameters say
    /// @throws ProblemException 400, naming every bad parameter
    public Query query(Map<String, List<String>> parameters, Collection<String> members, Map<Field, Object> values) {
        return new QueryParser(this, members).read(parameters, values);
    }

    /// Reads only filters and `q`, which select the rows of a write. Without them, {@link Query#fitsAll} is true.
    ///
    /// @throws ProblemException 400, naming every bad parameter
    public Query condition(Map<String, List<String>> parameters) {
        return new QueryParser(this, List.of()).readCondition(parameters);
    }

    public Class<E> entity() {
        return entity;
    }

    /// The entity's name in HQL.
    String name() {
        return entity.getSimpleName();
    }

    public List<Field> references() {
        return own.stream().filter(field -> field.target() != null).toList();
    }

    public Field reference(String attribute) {
        return all.get(Field.nameOfReference(attribute));
    }

    /// The field that refers to a row of this entity, the first one if there are several.
    public Field reference(Class<?> target) {
        return references().stream()
                .filter(field -> field.target() == target)
                .findFirst()
                .orElseThrow(
                        () -> new IllegalStateException(name() + " has no reference to " + target.getSimpleName()));
    }

    public boolean isSearchable() {
        return searchable;
    }

    public Field id() {
        return all.get("id");
    }

    /// The row's own fields, in the order of their declaration.
    public List<Field> own() {
        return own;
    }

    public Collection<String> embeddable() {
        return embedded.keySet();
    }

    /// The names of the rows that can be embedded, with these further ones.
    public List<String> embeddable(Collection<String> members) {
        return Stream.concat(embedded.keySet().stream(), members.stream()).toList();
    }

    List<Field> of(String attribute) {
        return embedded.get(attribute);
    }

    /// All fields, those of embedded rows last.
    public Collection<Field> fields() {
        return all.values();
    }

    Optional<Field> field(String name) {
        return Optional.ofNullable(all.get(name));
    }

    Columns columns(List<Field> requested, Order order) {
        var selection = new Selection(requested, order);
        var known = columns.get(selection);
        if (known == null) {
            known = Columns.of(this, requested, order);
            if (columns.size() < MOST_SELECTIONS) {
                columns.put(selection, known);
            }
        }
        return known;
    }

    /// The filters that there can be, by the names of their parameters.
    Map<String, Condition> conditions() {
        return conditions;
    }
}
