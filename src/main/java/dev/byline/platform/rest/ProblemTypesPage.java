package dev.byline.platform.rest;

import jakarta.inject.Singleton;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The problem types as a page, for browsers. It has the console's stylesheet, unless the console is switched off.
@Singleton
public class ProblemTypesPage {

    private static final String TEMPLATE = "/problems.html";

    private final String template;

    ProblemTypesPage(@ConfigProperty(name = "byline.console.enabled") boolean hasConsole) throws IOException {
        try (var file = ProblemTypesPage.class.getResourceAsStream(TEMPLATE)) {
            template = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> hasConsole || !line.contains("{root}console/"))
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    String of(ProblemTypes.View type) {
        return page("../", "<a href=\"../problems\">← All problems</a>", type.title(), description(type));
    }

    String of(List<ProblemTypes.View> types) {
        var sections = types.stream().map(ProblemTypesPage::section).collect(Collectors.joining());
        return page("", "<a href=\".\">← Byline</a>", "Problems", sections);
    }

    private String page(String root, String up, String title, String types) {
        return template.replace("{root}", root)
                .replace("{up}", up)
                .replace("{title}", text(title))
                .replace("{types}", types);
    }

    private static String section(ProblemTypes.View type) {
        var heading = "<h2><a href=\".%s\">%s</a></h2>\n".formatted(type.type(), text(type.title()));
        return "<section>\n" + heading + description(type) + "</section>\n";
    }

    private static String description(ProblemTypes.View type) {
        return "<p class=\"muted\">%d · <code>%s</code></p>\n<p>%s</p>\n"
                .formatted(type.status(), type.type(), withCode(text(type.description())));
    }

    private static String text(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    /// Markdown's code, between backticks.
    private static String withCode(String html) {
        return html.replaceAll("`([^`]*)`", "<code>$1</code>");
    }
}
