package dev.byline.http;

import dev.byline.problem.ProblemException;
import dev.byline.problem.ProblemType;
import io.quarkus.runtime.configuration.MemorySize;
import jakarta.inject.Singleton;
import jakarta.ws.rs.ext.Provider;
import jakarta.ws.rs.ext.ReaderInterceptor;
import jakarta.ws.rs.ext.ReaderInterceptorContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/// The size that a request's body may have, `byline.http.max-body-size`.
@Provider
@Singleton
public class BodyLimit implements ReaderInterceptor {

    private final long bytes;

    BodyLimit(@ConfigProperty(name = "byline.http.max-body-size") MemorySize limit) {
        bytes = limit.asLongValue();
    }

    long bytes() {
        return bytes;
    }

    ProblemException exceeded() {
        return new ProblemException(ProblemType.TOO_LARGE, "The body may have " + bytes + " bytes at most.");
    }

    @Override
    public Object aroundReadFrom(ReaderInterceptorContext context) throws IOException {
        context.setInputStream(new Limited(context.getInputStream()));
        return context.proceed();
    }

    private final class Limited extends FilterInputStream {

        private long read;

        Limited(InputStream body) {
            super(body);
        }

        @Override
        public int read() throws IOException {
            return count(super.read(), 1);
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            return count(n, n);
        }

        private int count(int result, int n) {
            if (result >= 0) {
                read += n;
            }
            if (read > bytes) {
                throw exceeded();
            }
            return result;
        }
    }
}
