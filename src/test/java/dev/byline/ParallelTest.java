package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.byline.platform.persistence.StatementsTest;
import dev.byline.platform.rest.ETagsTest;
import dev.byline.platform.rest.RowParametersTest;
import dev.byline.platform.server.RequestFilterTest;
import dev.byline.post.PostTest;
import dev.byline.post.UserPostsTest;
import dev.byline.user.UserTest;
import io.quarkus.test.junit.QuarkusTest;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The tests themselves may run in any order, in parallel, and over each other's data. Quarkus starts the service
/// once for each thread of JUnit's, so it is done by hand here: every test method three times, shuffled, on four
/// threads, against one service.
@QuarkusTest
class ParallelTest {

    private static final int TIMES = 3;
    private static final int THREADS = 4;

    @Test
    void testsDoNotDisturbEachOther() throws Exception {
        var tests = new ArrayList<Callable<Map<String, Throwable>>>();
        Stream.of(
                        UserTest.class,
                        PostTest.class,
                        UserPostsTest.class,
                        ETagsTest.class,
                        RowParametersTest.class,
                        RequestFilterTest.class,
                        StatementsTest.class)
                .flatMap(type -> Arrays.stream(type.getDeclaredMethods()))
                .filter(method -> method.isAnnotationPresent(Test.class))
                .forEach(method -> tests.addAll(Collections.nCopies(TIMES, () -> run(method))));
        Collections.shuffle(tests);
        var failures = new ArrayList<Map<String, Throwable>>();
        try (var threads = Executors.newFixedThreadPool(THREADS)) {
            for (var result : threads.invokeAll(tests)) {
                failures.add(result.get());
            }
        }
        failures.removeIf(Map::isEmpty);
        assertEquals(List.of(), failures);
    }

    private static Map<String, Throwable> run(Method method) throws ReflectiveOperationException {
        var constructor = method.getDeclaringClass().getDeclaredConstructor();
        method.setAccessible(true);
        try {
            method.invoke(constructor.newInstance());
            return Map.of();
        } catch (ReflectiveOperationException failure) {
            return Map.of(method.toString(), failure.getCause());
        }
    }
}
