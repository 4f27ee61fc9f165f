package dev.byline.platform.problem;

import dev.byline.platform.problem.Problem.Violation;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/// What is wrong with the parameters of a request. The first ones are named, the others counted: an answer must not be
/// many times as long as the request.
public final class ParameterErrors {

    private static final int MOST = 20;

    private final List<Violation> first = new ArrayList<>();
    private int count;

    public void add(String parameter, String code, String detail) {
        add(parameter, code, () -> detail);
    }

    /// @param detail is not asked for where it would not be shown: to look for the nearest name is work
    public void add(String parameter, String code, Supplier<String> detail) {
        count++;
        if (count <= MOST) {
            first.add(Violation.ofParameter(Excerpt.of(parameter), code, detail.get()));
        }
    }

    /// @throws ProblemException 400 when there is anything wrong
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
