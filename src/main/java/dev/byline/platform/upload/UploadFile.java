package dev.byline.platform.upload;

import io.vertx.core.Vertx;
import io.vertx.core.file.AsyncFile;
import io.vertx.core.file.OpenOptions;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.UUID;

/// A file for one body, written on the event loop and then read by a thread that may wait. Once it is open it has no
/// name (on Unix, where that is what DELETE_ON_CLOSE does): nobody else reads it, and however the process ends, the
/// system takes the room back.
record UploadFile(AsyncFile writer, FileChannel reader) {

    /// Waits for the disk.
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
