package dev.byline;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketException;

/// A client that writes what a test tells it, whether it is HTTP or not. A character is a byte.
public final class RawClient implements Closeable {

    private static final int PATIENCE_MILLIS = 20_000;

    private final Socket socket = new Socket();
    private final InputStream in;

    public RawClient(int port) throws IOException {
        socket.connect(new InetSocketAddress("localhost", port));
        in = new BufferedInputStream(socket.getInputStream());
    }

    /// A client that lets the server send only little ahead.
    public static RawClient withSmallWindow(int port) throws IOException {
        return new RawClient(port, 4096);
    }

    private RawClient(int port, int receiveBuffer) throws IOException {
        socket.setReceiveBufferSize(receiveBuffer);
        socket.connect(new InetSocketAddress("localhost", port));
        in = socket.getInputStream(); // nothing is read before a test wants it
    }

    /// Sends the text. That the server has closed the connection shows when its answer is read.
    public RawClient send(String text) {
        try {
            socket.getOutputStream().write(text.getBytes(ISO_8859_1));
        } catch (IOException refused) {
            // It may have answered before it closed.
        }
        return this;
    }

    /// The next answer: its head, and its body if it says its length.
    ///
    /// @return empty where the server closes the connection instead
    public String answer() throws IOException {
        return answerWithin(PATIENCE_MILLIS);
    }

    /// The answer to a request, to its end.
    ///
    /// @param isToHead whether the request was a HEAD
    /// @throws IOException when the connection ends before the answer does, or none comes in time
    public RawAnswer receive(boolean isToHead) throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        return RawAnswer.read(in, isToHead);
    }

    /// Sends a request on a connection of its own.
    public static RawAnswer exchange(int port, String request) throws IOException {
        try (var client = new RawClient(port)) {
            return client.send(request).receive(request.startsWith("HEAD "));
        }
    }

    /// @return empty where none comes in time
    public String answerWithin(int millis) throws IOException {
        socket.setSoTimeout(millis);
        try {
            var head = new StringBuilder();
            while (head.indexOf("\r\n\r\n", head.length() - 4) < 0) {
                head.append(character(in));
            }
            var body = in.readNBytes(length(head.toString()));
            return head + new String(body, ISO_8859_1);
        } catch (IOException none) { // too late, closed or reset
            return "";
        }
    }

    /// All bytes until the connection ends, in whichever way.
    public String rest() throws IOException {
        socket.setSoTimeout(PATIENCE_MILLIS);
        var rest = new ByteArrayOutputStream();
        try {
            in.transferTo(rest);
        } catch (SocketException reset) {
            // that is an end, too
        }
        return rest.toString(ISO_8859_1);
    }

    private static char character(InputStream in) throws IOException {
        int read = in.read();
        if (read < 0) {
            throw new EOFException();
        }
        return (char) read;
    }

    private static int length(String head) {
        return head.lines()
                .map(String::toLowerCase)
                .filter(line -> line.startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(
                        line.substring("content-length:".length()).strip()))
                .findFirst()
                .orElse(0);
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
