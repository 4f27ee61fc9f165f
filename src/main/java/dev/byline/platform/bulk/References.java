package dev.byline.platform.bulk;

import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.query.Field;
import dev.byline.platform.rest.Members;
import java.lang.reflect.RecordComponent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The rows of other entities that new rows refer to.
final class References {

    private References() {}

    /// The errors of each of these rows, in their order: the members that refer to rows that do not exist. Nobody
    /// can delete the existing rows before the transaction ends.
    static <I extends Record> List<List<Violation>> check(Class<I> type, List<I> inputs, Collection<Field> references) {
        var wrong = new ArrayList<List<Violation>>();
        inputs.forEach(input -> wrong.add(new ArrayList<>()));
        references.forEach(reference ->
                Members.of(type, reference.name()).ifPresent(member -> check(reference, member, inputs, wrong)));
        return wrong;
    }

    private static void check(
            Field reference, RecordComponent member, List<? extends Record> inputs, List<List<Violation>> wrong) {
        var ids = inputs.stream()
                .map(input -> (Long) Members.value(member, input))
                .toList();
        var existing = BaseEntity.existing(reference.target(), ids);
        for (int i = 0; i < ids.size(); i++) {
            if (ids.get(i) != null && !existing.contains(ids.get(i))) {
                wrong.get(i).add(Violation.ofMissingRow(reference.name()));
            }
        }
    }
}
