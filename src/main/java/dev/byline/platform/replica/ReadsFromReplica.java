package dev.byline.platform.replica;

import jakarta.interceptor.InterceptorBinding;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/// The GET methods of this resource, HEAD with them, may be answered by the replica: they write nothing, and what
/// they do before they fail may be done again.
@InterceptorBinding
@Retention(RetentionPolicy.RUNTIME)
@Target(ElementType.TYPE)
public @interface ReadsFromReplica {}
