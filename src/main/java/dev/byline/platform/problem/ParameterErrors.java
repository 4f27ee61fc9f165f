package dev.byline.platform.problem;

import dev.byline.platform.problem.Problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// The errors in the parameters of a request. The first ones are listed, the others are only counted, so that an
/// answer is not many times as long as its request.
public final class ParameterErrors {

    private static final int MOST = 20;

    private final List<Violation> first = new ArrayList<>();
    private int count;

    public void add(String parameter, String code, String detail) {
        add(parameter, code, () -> detail);
    }

    /// @param detail is computed only if it is shown, because the search for the nearest name is expensive
    public void add(String parameter, String code, Supplier<String> detail) {
        count++;
        if (count <= MOST) {
            first.add(Violation.ofParameter(Excerpt.of(parameter), code, detail.get()));
        }
    }

    /// @throws ProblemException 400 when there are errors
    public void refuse() {
        if (count > MOST) {
            throw new ProblemException(
                    ProblemType.PARAMETER,
                    "There are " + count + " errors; errors names the first " + MOST + ".",
                    first);
        }
        if (count > 0) {
            throw new ProblemException(ProblemType.PARAMETER, first);
        }
    }
}
