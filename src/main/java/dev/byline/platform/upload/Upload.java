package dev.byline.platform.upload;

import dev.byline.platform.http.Utf8;
import dev.byline.platform.problem.ProblemException;
import io.vertx.ext.web.RoutingContext;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.util.Optional;
import org.apache.commons.codec.digest.DigestUtils;

/// A body in a file, because it may be too large for memory. The file is removed when the request has ended and
/// nobody reads it any more. A client may leave earlier, before the answer.
public final class Upload {

    private static final String KEY = Upload.class.getName();

    private final FileChannel file;
    private final Runnable whenGone;
    private boolean isOpen;
    private boolean hasEnded;

    /// @param whenGone called once, when the file is removed
    Upload(FileChannel file, Runnable whenGone) {
        this.file = file;
        this.whenGone = whenGone;
    }

    /// The upload of this request. Empty if the body is not an upload.
    public static Optional<Upload> of(RoutingContext request) {
        return Optional.ofNullable(request.get(KEY));
    }

    void accompany(RoutingContext request) {
        request.put(KEY, this);
    }

    /// The SHA-256 of the bytes.
    public byte[] digest() throws IOException {
        return DigestUtils.sha256(Channels.newInputStream(file.position(0)));
    }

    /// The bytes from the beginning, without a byte order mark. One reader at a time.
    ///
    /// @throws ProblemException 400 if the first bytes show that the text is not UTF-8, or if the client has gone
    public synchronized InputStream open() throws IOException {
        if (hasEnded) {
            throw ProblemException.malformed("The client has gone.");
        }
        isOpen = true;
        var bytes = new FilterInputStream(Channels.newInputStream(file.position(0))) {
            @Override
            public void close() {
                closed(); // the file stays: a retry after a conflict reads it again
            }
        };
        try {
            return Utf8.of(bytes);
        } catch (ProblemException | IOException unreadable) {
            bytes.close();
            throw unreadable;
        }
    }

    synchronized void end() {
        if (!hasEnded) {
            hasEnded = true;
            removeWhenUnused();
        }
    }

    private synchronized void closed() {
        if (isOpen) { // a stream may be closed twice
            isOpen = false;
            removeWhenUnused();
        }
    }

    private void removeWhenUnused() {
        if (hasEnded && !isOpen) {
            try {
                file.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            } finally {
                whenGone.run();
            }
        }
    }
}
