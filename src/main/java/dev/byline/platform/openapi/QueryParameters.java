package dev.byline.platform.openapi;

import static org.eclipse.microprofile.openapi.OASFactory.createParameter;
import static org.eclipse.microprofile.openapi.OASFactory.createSchema;

import dev.byline.platform.query.Field;
import dev.byline.platform.query.Operator;
import dev.byline.platform.query.QueryFields;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.In;
import org.eclipse.microprofile.openapi.models.parameters.Parameter.Style;

/// Describes the query parameters of a list, from the constant `FIELDS` of its entity.
final class QueryParameters {

    private QueryParameters() {}

    static void describe(QueryFields<?> fields, PathItem item) {
        parameters(fields).forEach(item.getGET()::addParameter);
        Stream.of(item.getPATCH(), item.getDELETE()).filter(Objects::nonNull).forEach(operation -> conditions(fields)
                .forEach(operation::addParameter));
    }

    private static List<Parameter> parameters(QueryFields<?> of) {
        var fields = of.fields().stream().map(Field::name).toList();
        var sortable =
                of.fields().stream().filter(Field::isSortable).map(Field::name).toList();
        var parameters = Stream.of(
                list(
                                "sort",
                                "Fields to sort by, `-` before one for descending. Rows without a value come last. One of: ",
                                sortable)
                        .example("-createdAt,id"),
                list("fields", "The fields to answer with, all without it. One of: ", fields)
                        .example("id,createdAt"));
        return Stream.concat(parameters, conditions(of)).toList();
    }

    /// The parameters that select the rows of a list, or of a write to many rows.
    private static Stream<Parameter> conditions(QueryFields<?> of) {
        return of.isSearchable() ? Stream.of(filters(of), search()) : Stream.of(filters(of));
    }

    private static Parameter list(String name, String description, List<String> values) {
        return createParameter()
                .name(name)
                .in(In.QUERY)
                .description(description + String.join(", ", values))
                .schema(createSchema().addType(SchemaType.STRING));
    }

    private static Parameter search() {
        return createParameter()
                .name("q")
                .in(In.QUERY)
                .description(
                        "What to search for in the texts: words, \"phrases\", `or`, and `-` before what must not be there. The best come first, unless `sort` is given. Words that are in every text (the, of) find nothing")
                .schema(createSchema().addType(SchemaType.STRING))
                .example("\"native image\" -docker");
    }

    /// Each property is a query parameter.
    private static Parameter filters(QueryFields<?> of) {
        Map<String, Schema> properties = new LinkedHashMap<>();
        of.fields().forEach(field -> field.operators()
                .forEach(operator -> properties.put(operator.parameter(field.name()), value(field, operator))));
        return createParameter()
                .name("filter")
                .in(In.QUERY)
                .description(
                        "Filters, each a parameter of its own: `id:gte=18`. A row must fit all of them; where one stands several times (`id=1&id=2`), any of its values")
                .style(Style.FORM)
                .explode(true)
                .schema(createSchema().addType(SchemaType.OBJECT).properties(properties));
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
}
