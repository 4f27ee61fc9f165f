package dev.byline;

import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.extension.ConditionEvaluationResult;
import org.junit.jupiter.api.extension.ExecutionCondition;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.extension.ExtensionContext;

/// A test that cannot hold on every database. Builds for others skip it, and the table in the README of
/// `platform.database` has it with its reason.
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
@ExtendWith(OnlyOn.Condition.class)
public @interface OnlyOn {

    /// What a build is for, by the names that `byline.database` has.
    enum Database {
        POSTGRESQL,
        SQLITE,
        MARIADB,
        MYSQL;

        @Override
        public String toString() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    Database[] value();

    /// What other databases do not have: a reason that is true after "because of".
    String because();

    final class Condition implements ExecutionCondition {

        @Override
        public ConditionEvaluationResult evaluateExecutionCondition(ExtensionContext context) {
            return context.getElement()
                    .map(element -> element.getAnnotation(OnlyOn.class))
                    .filter(mark -> Arrays.stream(mark.value())
                            .noneMatch(database -> database.toString().equals(Settings.DATABASE)))
                    .map(mark -> ConditionEvaluationResult.disabled(mark.because()))
                    .orElseGet(() -> ConditionEvaluationResult.enabled("it holds on " + Settings.DATABASE));
        }
    }
}
