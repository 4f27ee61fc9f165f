package dev.byline.platform.upload;

import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file for one body, written on the event loop and then read by a thread that may block. On Unix,
/// DELETE_ON_CLOSE removes the name of the file as soon as it is open. So nobody else can read it, and the system
/// frees the space however the process ends.
record UploadFile(AsyncFile writer, FileChannel reader) {

    /// Blocks on the disk, so it must not be called on an event loop.
    static UploadFile create(Vertx vertx, Path folder) throws IOException {
        var path = folder.resolve("byline-upload-" + UUID.randomUUID());
        var writer = vertx.fileSystem()
                .openBlocking(
                        path.toString(),
                        new OpenOptions().setCreateNew(true).setWrite(true).setPerms("rw-------"));
        return new UploadFile(
                writer, FileChannel.open(path, StandardOpenOption.READ, StandardOpenOption.DELETE_ON_CLOSE));
    }
}
