package dev.byline;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/// The documentation of the databases has a table of the tests that cannot hold on each.
class OnlyOnTest {

    private static final Path README = Path.of("src/main/java/dev/byline/platform/database/README.md");
    private static final String HEAD = "| test | only on | because of |\n| --- | --- | --- |\n";

    @Test
    void theTableHasEveryTestThatCannotHoldOnAllDatabases() throws IOException {
        var marks = new ClassFileImporter()
                .withImportOption(new ImportOption.OnlyIncludeTests()).importPackages("dev.byline").stream()
                        .flatMap(OnlyOnTest::rows)
                        .sorted()
                        .distinct()
                        .collect(Collectors.joining("\n"));
        var text = Files.readString(README);
        int table = text.indexOf(HEAD) + HEAD.length();
        assertEquals(marks, text.substring(table, text.indexOf("\n\n", table)), "Copy the table into " + README);
    }

    private static Stream<String> rows(JavaClass test) {
        return Stream.concat(
                test.tryGetAnnotationOfType(OnlyOn.class).map(mark -> row(test.getSimpleName(), mark)).stream(),
                test.getMethods().stream()
                        .flatMap(method -> method
                                .tryGetAnnotationOfType(OnlyOn.class)
                                .map(mark -> row(test.getSimpleName() + "." + method.getName(), mark))
                                .stream()));
    }

    private static String row(String test, OnlyOn mark) {
        var databases = Arrays.stream(mark.value()).map(Object::toString).collect(Collectors.joining(", "));
        return "| `%s` | %s | %s |".formatted(test, databases, mark.because());
    }
}
