package dev.byline.platform.query;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.stream.Stream;

/// The columns that a query reads of each row. They depend only on the requested fields and on the order, so
/// {@link QueryFields#columns} keeps them.
///
/// @param all those that clients see, then those that give the row's position and version
/// @param ofVersion those that give the row's position and version
/// @param versions the id of the row, and the versions of the row and of its embedded rows
/// @param large the requested fields that may be long
record Columns(List<Field> all, List<Field> ofVersion, List<Field> versions, List<Field> large) {

    static Columns of(QueryFields<?> fields, List<Field> requested, Order order) {
        var versions = Stream.concat(
                        Stream.of("id", "version"),
                        fields.embeddable().stream()
                                .filter(row -> requested.stream().anyMatch(field -> row.equals(field.embedded())))
                                .map(row -> row + ".version"))
                .map(name -> fields.field(name).orElseThrow())
                .toList();
        var ofVersion = new LinkedHashSet<Field>();
        order.keys().forEach(key -> ofVersion.add(key.field()));
        ofVersion.addAll(versions);
        var all = new LinkedHashSet<>(requested);
        all.addAll(ofVersion);
        var large = requested.stream().filter(Field::isLarge).toList();
        return new Columns(List.copyOf(all), List.copyOf(ofVersion), versions, large);
    }
}
