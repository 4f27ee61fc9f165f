package dev.byline.platform.framework;

import io.quarkus.smallrye.openapi.runtime.OpenApiConstants;
import io.smallrye.openapi.runtime.io.Format;
import io.vertx.core.buffer.Buffer;
import java.io.IOException;
import java.io.InputStream;

/// The description of the API that the build has written. Quarkus would read it into its model at every start, only to
/// write the same again: a third of the start of a native executable. It could go if Quarkus served the file as it is.
public final class GeneratedOpenApi {

    private GeneratedOpenApi() {}

    /// To be called before Quarkus starts: it finds no document and leaves it at that.
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
