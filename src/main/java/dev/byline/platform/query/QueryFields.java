package dev.byline.platform.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// The fields of an entity that clients may query. Clients can filter by every field, sort by it (unless it is
/// large) and select it.
///
/// The fields `id` and `version` are required: `id` makes every order total, `version` shows changes of a page.
public final class QueryFields<E> {

    private final Class<E> entity;
    private final Map<String, Field> own = new LinkedHashMap<>();
    private final Map<String, List<Field>> embedded = new LinkedHashMap<>();
    private boolean searchable;

    private QueryFields(Class<E> entity) {
        this.entity = entity;
    }

    public static <E> QueryFields<E> of(Class<E> entity, Field... fields) {
        var queryable = new QueryFields<>(entity);
        for (var field : fields) {
            queryable.own.put(field.name(), field);
        }
        return queryable;
    }

    /// Clients can embed the row that this attribute refers to, and query its fields, as in `owner.size`.
    public QueryFields<E> embedding(String attribute, QueryFields<?> row) {
        embedded.put(
                attribute, row.own().stream().map(field -> field.of(attribute)).toList());
        return this;
    }

    /// The table has the columns of {@link Search}.
    public QueryFields<E> searchable() {
        searchable = true;
        return this;
    }

    /// Reads a query from the parameters of a request.
    ///
    /// @param members the names of further rows that can be embedded; the caller adds these rows
    /// @throws ProblemException 400, naming every bad parameter
    public Query query(Map<String, List<String>> parameters, Collection<String> members) {
        return new QueryParser(this, members).read(parameters);
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

    /// The fields that refer to a row of another entity.
    public List<Field> references() {
        return own.values().stream().filter(field -> field.target() != null).toList();
    }

    /// The field that refers to a row of this entity.
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
        return own.get("id");
    }

    /// The row's own fields, in the order of their declaration.
    public Collection<Field> own() {
        return own.values();
    }

    public Collection<String> embeddable() {
        return embedded.keySet();
    }

    /// The names of the rows that can be embedded, with these further ones.
    public List<String> embeddable(Collection<String> members) {
        return Stream.concat(embedded.keySet().stream(), members.stream()).toList();
    }

    /// The fields of the row that is embedded under this name.
    List<Field> of(String attribute) {
        return embedded.get(attribute);
    }

    /// All fields, those of embedded rows last.
    public List<Field> fields() {
        var fields = new ArrayList<>(own.values());
        embedded.values().forEach(fields::addAll);
        return fields;
    }

    Optional<Field> field(String name) {
        return fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
