package dev.byline.platform.rest;

import jakarta.inject.Singleton;
import jakarta.validation.ConstraintViolation;
import jakarta.validation.ConstraintViolationException;
import jakarta.validation.Validator;
import java.util.Set;
import java.util.stream.Collectors;

/// Bean Validation for input that is not a `@Valid` parameter.
@Singleton
public record InputValidator(Validator validator) {

    /// @throws ConstraintViolationException when a value of these members is not allowed
    <T> void only(Set<String> members, T input) {
        refuse(members.stream()
                .flatMap(member -> validator.validateProperty(input, member).stream())
                .collect(Collectors.toSet()));
    }

    /// @throws ConstraintViolationException when a value is not allowed
    public <T> T of(T input) {
        refuse(validator.validate(input));
        return input;
    }

    private static void refuse(Set<? extends ConstraintViolation<?>> violations) {
        if (!violations.isEmpty()) {
            throw new ConstraintViolationException(violations);
        }
    }
}
