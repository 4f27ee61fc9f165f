package dev.byline.platform.bulk;

import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.query.Field;
import dev.byline.platform.rest.Members;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/// The rows of other entities that new rows refer to.
final class References {

    private References() {}

    /// The errors of each of these rows, in their order: the members that refer to rows that do not exist. Nobody
    /// can delete the existing rows before the transaction ends.
    static List<List<Violation>> check(List<? extends Record> inputs, Collection<Field> references) {
        var wrong = new ArrayList<List<Violation>>();
        inputs.forEach(input -> wrong.add(new ArrayList<>()));
        for (var reference : references) {
            var ids = inputs.stream()
                    .map(input -> (Long) Members.of(input, reference.name()))
                    .toList();
            var existing = BaseEntity.existing(reference.target(), ids);
            for (int i = 0; i < ids.size(); i++) {
                if (ids.get(i) != null && !existing.contains(ids.get(i))) {
                    wrong.get(i)
                            .add(Violation.ofMember(
                                    "#/" + reference.name(), "unknown", "names a row that does not exist"));
                }
            }
        }
        return wrong;
    }
}
