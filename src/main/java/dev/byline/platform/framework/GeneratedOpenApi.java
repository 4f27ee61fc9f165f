package dev.byline.platform.framework;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;

/// The description of the API that the build has written. Quarkus would parse it at every start, only to write the
/// same text again. That takes a third of the start time of a native executable. This class can be removed when
/// Quarkus serves the file unchanged.
public final class GeneratedOpenApi {

    private GeneratedOpenApi() {}

    /// To be called before Quarkus starts. Quarkus then finds no document, and does nothing more.
    public static void hideFromQuarkus() {
        OpenApiConstants.classLoader = new ClassLoader(null) {
            @Override
            public InputStream getResourceAsStream(String name) {
                return null;
            }
        };
    }

    public static Buffer read(Format format) throws IOException {
        var loader = Thread.currentThread().getContextClassLoader();
        try (var document = loader.getResourceAsStream(OpenApiConstants.BASE_NAME + "." + format)) {
            return Buffer.buffer(document.readAllBytes());
        }
    }
}
