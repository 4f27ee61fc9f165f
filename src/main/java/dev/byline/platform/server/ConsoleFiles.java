package dev.byline.platform.server;

/// The addresses of the console, the page for people in `META-INF/resources`.
final class ConsoleFiles {

    private ConsoleFiles() {}

    static boolean contain(String path) {
        return isPage(path) || isOwn(path) || path.startsWith("/_static/");
    }

    static boolean isPage(String path) {
        return path.equals("/") || path.equals("/index.html");
    }

    /// Whether it is a file of this version of Byline. Its name does not change with its contents. The files of
    /// libraries, in `/_static/`, have their version in their path.
    static boolean isOwn(String path) {
        return isPage(path) || path.startsWith("/console/");
    }
}
