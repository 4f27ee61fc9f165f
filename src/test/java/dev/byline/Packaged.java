package dev.byline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/// The service as it is shipped, as a process: the native executable where it was built, else the JVM package.
final class Packaged {

    static final Path JVM = Path.of("target/quarkus-app");

    private Packaged() {}

    /// Starts it with these settings and no others, its output in one stream.
    static Process start(Map<String, String> environment) throws IOException {
        return builder(environment).start();
    }

    static Process start(Map<String, String> environment, File log) throws IOException {
        return builder(environment).redirectOutput(log).start();
    }

    private static ProcessBuilder builder(Map<String, String> environment) {
        var builder = new ProcessBuilder(command()).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("BYLINE_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static List<String> command() {
        var executable = System.getProperty("native.image.path"); // of the native build only
        var java = Path.of(System.getProperty("java.home"), "bin/java").toString();
        return executable != null
                ? List.of(executable)
                : List.of(java, "-jar", JVM.resolve("quarkus-run.jar").toString());
    }
}
