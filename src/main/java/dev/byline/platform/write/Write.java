package dev.byline.platform.write;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// Marks a resource method that writes. The method runs in one transaction, which is retried when the database
/// aborts it because of a conflict. It must not keep state between tries, and must return a `RestResponse`.
@InterceptorBinding
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Write {

    /// Whether it has the longer timeout for many rows. A request with many rows in its body always has it.
    @Nonbinding
    boolean many() default false;
}
