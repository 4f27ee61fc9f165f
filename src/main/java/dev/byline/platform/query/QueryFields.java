package dev.byline.platform.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// What may be asked of an entity's rows. Every field can be filtered, sorted by (unless it is large) and picked.
///
/// The fields `id` and `version` must be among them: the one makes every order total, the other tells a page that
/// has changed.
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

    /// The row that each row refers to by this attribute can be carried along, and its fields can be asked for too:
    /// `user.name`.
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

    /// Reads a query out of the parameters of a request.
    ///
    /// @param members what the rows can carry along besides, added by somebody else
    /// @throws ProblemException 400, naming every bad parameter
    public Query query(Map<String, List<String>> parameters, String... members) {
        return new QueryParser(this, List.of(members)).read(parameters);
    }

    /// Reads only filters and `q`: the rows that a write is about. It {@link Where#isEmpty} where there are none.
    ///
    /// @throws ProblemException 400, naming every bad parameter
    public Where where(Map<String, List<String>> parameters) {
        return new QueryParser(this, List.of()).readWhere(parameters);
    }

    /// Its name in HQL.
    String entity() {
        return entity.getSimpleName();
    }

    public boolean isSearchable() {
        return searchable;
    }

    Field id() {
        return own.get("id");
    }

    /// The row's own fields, in the order of their declaration.
    public Collection<Field> own() {
        return own.values();
    }

    public Collection<String> embeddable() {
        return embedded.keySet();
    }

    /// The fields of the row that is embedded under this name.
    List<Field> of(String attribute) {
        return embedded.get(attribute);
    }

    /// All of them, those of embedded rows last.
    public List<Field> fields() {
        var fields = new ArrayList<>(own.values());
        embedded.values().forEach(fields::addAll);
        return fields;
    }

    Optional<Field> field(String name) {
        return fields().stream().filter(field -> field.name().equals(name)).findFirst();
    }
}
