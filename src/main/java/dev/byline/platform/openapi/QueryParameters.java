package dev.byline.platform.openapi;

import static java.util.stream.Collectors.joining;
import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.byline.platform.query.Field;
import dev.byline.platform.query.Operator;
import dev.byline.platform.query.QueryFields;
import dev.byline.platform.query.Type;
import java.util.Collection;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;

/// Describes the query parameters of a list, from the constant `FIELDS` of its entity.
///
/// The usual filters are parameters of their own, because every generator sends these rightly, and only some send
/// the members of an object as parameters. All of them would be some fifty parameters for each list, so the others
/// are described in words.
final class QueryParameters {

    private QueryParameters() {}

    static void describeQuery(QueryFields<?> fields, Operation list) {
        list.addParameter(text(
                "sort",
                "Fields to sort by, with commas. `-` before a field is descending: `-createdAt,id`. Rows without a value come last. One of: "
                        + names(fields.fields(), Field::isSortable)));
        conditions(fields).forEach(list::addParameter);
        Stream.of("limit", "cursor", "offset")
                .forEach(name -> list.addParameter(createParameter().ref(name)));
        list.addParameter(text(
                "fields",
                "The fields to answer with, with commas. The rows then have only these members, also where the schema requires others. One of: "
                        + names(fields.fields(), field -> true)));
        list.addParameter(createParameter().ref("Prefer-count"));
    }

    /// The parameters that select the rows of a write to many rows.
    static void describeCondition(QueryFields<?> fields, Operation write) {
        conditions(fields).forEach(write::addParameter);
        // A write without a filter is refused, so a page on which people try operations needs one.
        write.getParameters().stream()
                .filter(parameter -> "id".equals(parameter.getName()))
                .forEach(id -> id.example(List.of(1)));
    }

    /// What the parameters do not say of the filters.
    static String words(QueryFields<?> of) {
        return """
                Filters are parameters. A row must fit all of them, and one of the values where a filter stands several times
                (`id=1&id=2`). There are more than are listed here: a filter of every field, with every operator that its type
                has; the description of this document has these.

                The fields: %s.""".formatted(names(of.fields(), field -> true));
    }

    private static Stream<Parameter> conditions(QueryFields<?> of) {
        var filters = of.own().stream().flatMap(field -> usual(field).stream().map(operator -> createParameter()
                .name(operator.parameter(field.name()))
                .in(In.QUERY)
                .schema(values(field, operator))));
        return of.isSearchable() ? Stream.concat(Stream.of(search()), filters) : filters;
    }

    /// The operators with which clients usually filter by this field.
    private static Set<Operator> usual(Field field) {
        var usual = EnumSet.copyOf(
                switch (field.type()) {
                    case LONG -> Set.of(Operator.EQ);
                    case INTEGER, RANK -> Set.of(Operator.EQ, Operator.GTE, Operator.LTE, Operator.NULL);
                    case TEXT -> Set.of(Operator.EQ, Operator.CONTAINS, Operator.STARTS_WITH, Operator.NULL);
                    case TIME -> Set.of(Operator.GTE, Operator.LT, Operator.NULL);
                });
        if (!field.isSortable()) {
            usual.remove(Operator.EQ); // a large text
        }
        usual.retainAll(field.operators());
        return usual;
    }

    /// Ids are asked for in numbers: `id=1&id=2`.
    private static Schema values(Field field, Operator operator) {
        return field.type() == Type.LONG
                ? createSchema().addType(SchemaType.ARRAY).items(value(field, operator))
                : value(field, operator);
    }

    private static Schema value(Field field, Operator operator) {
        if (operator == Operator.NULL) {
            return createSchema().addType(SchemaType.BOOLEAN);
        }
        if (operator.isPattern()) {
            return createSchema().addType(SchemaType.STRING).minLength(Operator.MIN_PATTERN);
        }
        return switch (field.type()) {
            case LONG -> createSchema().addType(SchemaType.INTEGER).format("int64");
            case INTEGER -> createSchema().addType(SchemaType.INTEGER).format("int32");
            case TEXT -> createSchema().addType(SchemaType.STRING);
            case TIME -> createSchema().addType(SchemaType.STRING).format("date-time");
            case RANK -> createSchema().addType(SchemaType.NUMBER);
        };
    }

    private static Parameter text(String name, String description) {
        return createParameter()
                .name(name)
                .in(In.QUERY)
                .description(description)
                .schema(createSchema().addType(SchemaType.STRING));
    }

    private static Parameter search() {
        return text(
                "q",
                "What to search for in the texts: words, \"phrases\", `or`, and `-` before what must not be there. The best come first, unless `sort` is given. Words that are in every text (the, of) find nothing");
    }

    /// The id of an embedded row is left out: the reference to the row says the same.
    private static String names(Collection<Field> fields, Predicate<Field> which) {
        return fields.stream()
                .filter(which)
                .map(Field::name)
                .filter(name -> !name.endsWith(".id"))
                .map(name -> "`" + name + "`")
                .collect(joining(", "));
    }
}
