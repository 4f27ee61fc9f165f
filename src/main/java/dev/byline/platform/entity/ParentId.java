package dev.byline.platform.entity;

import dev.byline.platform.problem.Problem.Violation;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import java.util.List;

/// The id of a row's parent, where the path contains it. The body may leave it out.
public final class ParentId {

    private ParentId() {}

    /// @param member of the body that names the parent
    /// @param sent its value; null where it is left out
    /// @return the id in the path
    /// @throws ProblemException 422 when the body names another parent
    public static Long inPath(long id, String member, Long sent) {
        if (sent != null && sent != id) {
            var reason = "must be " + id + " as in the path, or absent";
            throw new ProblemException(
                    ProblemType.VALIDATION, List.of(Violation.ofMember("#/" + member, "conflict", reason)));
        }
        return id;
    }
}
