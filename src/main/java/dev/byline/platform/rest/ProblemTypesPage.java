package dev.byline.platform.rest;

import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The problem types as a page, for browsers. It has the console's stylesheet, unless the console is switched off.
@Provider
@Produces(MediaType.TEXT_HTML)
public class ProblemTypesPage implements MessageBodyWriter<Object> {

    private static final String TEMPLATE = "/problems.html";

    /// The page has no scripts.
    private static final String POLICY = "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; "
            + "form-action 'none'; frame-ancestors 'none'";

    private final String template;

    ProblemTypesPage(@ConfigProperty(name = "byline.console.enabled") boolean hasConsole) throws IOException {
        try (var file = ProblemTypesPage.class.getResourceAsStream(TEMPLATE)) {
            template = new String(file.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> hasConsole || !line.contains("{root}console/"))
                    .collect(Collectors.joining("\n", "", "\n"));
        }
    }

    @Override
    public boolean isWriteable(Class<?> type, Type generic, Annotation[] annotations, MediaType mediaType) {
        return type == ProblemTypes.View.class
                || generic instanceof ParameterizedType list
                        && list.getActualTypeArguments()[0] == ProblemTypes.View.class;
    }

    @Override
    public void writeTo(
            Object answer,
            Class<?> type,
            Type generic,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream body)
            throws IOException {
        headers.putSingle("Content-Security-Policy", POLICY); // instead of the one for data
        body.write(page(answer).getBytes(StandardCharsets.UTF_8));
    }

    private String page(Object answer) {
        if (answer instanceof ProblemTypes.View type) {
            return page("../", "<a href=\"../problems\">← All problems</a>", type.title(), description(type));
        }
        var types = ((List<?>) answer)
                .stream()
                        .map(ProblemTypes.View.class::cast)
                        .map(ProblemTypesPage::section)
                        .collect(Collectors.joining());
        return page("", "<a href=\".\">← Byline</a>", "Problems", types);
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
