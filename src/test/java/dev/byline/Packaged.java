package dev.byline;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The service as it is shipped, as a process: the native executable where it was built, else the JVM package.
final class Packaged {

    static final Path JVM = Path.of("target/quarkus-app");
    private static final String EXECUTABLE = System.getProperty("native.image.path"); // of the native build only

    private Packaged() {}

    /// Starts it with these settings and no others, its output in one stream.
    static Process start(Map<String, String> environment) throws IOException {
        return builder(environment, List.of(), List.of()).start();
    }

    /// Runs a command of its own instead of the service.
    static Process start(Map<String, String> environment, String... command) throws IOException {
        var builder = builder(environment, List.of(), List.of());
        builder.command().addAll(List.of(command));
        return builder.start();
    }

    /// @param launcher a command that becomes the process, whose command line follows it
    /// @param arguments of the virtual machine, which the executable has, too
    static Process start(Map<String, String> environment, List<String> launcher, List<String> arguments, File log)
            throws IOException {
        return builder(environment, launcher, arguments).redirectOutput(log).start();
    }

    static boolean isNative() {
        return EXECUTABLE != null;
    }

    private static ProcessBuilder builder(
            Map<String, String> environment, List<String> launcher, List<String> arguments) {
        var command = new ArrayList<>(launcher);
        command.addAll(command(arguments));
        var builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().keySet().removeIf(name -> name.startsWith("QUARKUS_") || name.startsWith("BYLINE_"));
        builder.environment().putAll(environment);
        return builder;
    }

    private static List<String> command(List<String> arguments) {
        var command = new ArrayList<String>();
        var temporary = "-Djava.io.tmpdir=" + System.getProperty("java.io.tmpdir");
        if (isNative()) {
            command.add(EXECUTABLE);
            command.add(temporary);
            command.addAll(arguments);
        } else {
            command.add(Path.of(System.getProperty("java.home"), "bin/java").toString());
            command.add(temporary);
            command.addAll(arguments);
            command.addAll(List.of("-jar", JVM.resolve("quarkus-run.jar").toString()));
        }
        return command;
    }
}
