package dev.byline.platform.write;

import jakarta.enterprise.util.Nonbinding;
import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// On a resource method that writes: it runs in a transaction of its own, all or nothing, and as often as the
/// database's conflicts make necessary. It must not keep anything from one try to the next, and must answer with a
/// `RestResponse`.
@InterceptorBinding
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.METHOD, ElementType.TYPE})
public @interface Write {

    /// Whether it may take as long as many rows need, instead of as long as one may. A body that has many rows may
    /// anyway.
    @Nonbinding
    boolean many() default false;
}
