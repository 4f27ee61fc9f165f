package dev.byline.platform.bulk;

import dev.byline.platform.persistence.BaseEntity;
import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.query.Field;
import dev.byline.platform.rest.Members;
import java.lang.reflect.RecordComponent;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/// The rows of other entities that new rows refer to.
///
/// @param missing the ids of those that do not exist, for each member that refers to some
record References(Map<RecordComponent, Set<Long>> missing) {

    /// Nobody can delete the existing rows before the transaction ends.
    static <I extends Record> References of(Class<I> type, Collection<I> inputs, Collection<Field> references) {
        var missing = new LinkedHashMap<RecordComponent, Set<Long>>();
        for (var reference : references) {
            Members.of(type, reference.name()).ifPresent(member -> {
                var ids = inputs.stream().map(input -> id(member, input)).collect(Collectors.toSet());
                ids.removeAll(BaseEntity.existing(reference.target(), ids));
                ids.remove(null);
                missing.put(member, ids);
            });
        }
        return new References(missing);
    }

    /// The members of the row that refer to rows that do not exist.
    List<Violation> wrong(Record input) {
        return missing.keySet().stream()
                .filter(member -> missing.get(member).contains(id(member, input)))
                .map(member -> Violation.ofMissingRow(member.getName()))
                .toList();
    }

    private static Long id(RecordComponent member, Record input) {
        return (Long) Members.value(member, input);
    }
}
