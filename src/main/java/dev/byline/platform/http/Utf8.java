package dev.byline.platform.http;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import dev.byline.platform.problem.ProblemException;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.vertx.core.buffer.Buffer;
import java.io.BufferedReader;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PushbackInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.CodingErrorAction;
import java.util.Arrays;

/// Every body is UTF-8, whatever its media type. A UTF-8 byte order mark at its start is skipped. A body that
/// begins with a byte order mark or zero bytes of UTF-16 or UTF-32 is refused with a message that says so.
public final class Utf8 {

    /// The byte order mark of UTF-8, each byte as one character.
    private static final String MARK = "\u00ef\u00bb\u00bf";

    private static final int LONGEST_MARK = 4;

    private Utf8() {}

    /// The body without a byte order mark.
    ///
    /// @throws ProblemException 400 when it is in another encoding; the message names the line
    public static Buffer of(Buffer body) {
        var bytes = body.getBytes();
        int mark = mark(Arrays.copyOf(bytes, Math.min(LONGEST_MARK, bytes.length)));
        if (!isIn(bytes)) {
            try {
                throw refusal(new ByteArrayInputStream(bytes));
            } catch (IOException impossible) {
                throw new UncheckedIOException(impossible);
            }
        }
        return body.slice(mark, body.length());
    }

    /// A body in a file, without a byte order mark. Only its first bytes are checked here, not the rest.
    ///
    /// @throws ProblemException 400 when it begins as UTF-16 or UTF-32 does
    public static InputStream of(InputStream body) throws IOException {
        var start = body.readNBytes(LONGEST_MARK);
        int mark = mark(start);
        var rest = new PushbackInputStream(body, LONGEST_MARK);
        rest.unread(start, mark, start.length - mark);
        return rest;
    }

    /// The refusal of a body that turned out to be in another encoding.
    public static ProblemException refusal(InputStream body) throws IOException {
        return ProblemException.malformed("Line " + firstOtherLine(body) + " is not UTF-8.");
    }

    /// Whether the bytes are UTF-8.
    public static boolean isIn(byte[] bytes) {
        return ByteBufUtil.isText(Unpooled.wrappedBuffer(bytes), UTF_8);
    }

    /// @return the length of the byte order mark; 0 where there is none
    private static int mark(byte[] start) {
        var text = new String(start, ISO_8859_1);
        if (text.startsWith("\u00fe\u00ff") || text.startsWith("\u00ff\u00fe") || text.indexOf('\0') >= 0) {
            throw ProblemException.malformed("Line 1 is not UTF-8: the body begins as UTF-16 or UTF-32 does.");
        }
        return text.startsWith(MARK) ? MARK.length() : 0;
    }

    /// The number of the first line that is not UTF-8, counted from 1; 0 where there is none.
    private static long firstOtherLine(InputStream body) throws IOException {
        // Half of a surrogate pair: UTF-8 never decodes to that.
        var decoder =
                UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPLACE).replaceWith("\udc00");
        var text = new BufferedReader(new InputStreamReader(body, decoder));
        long line = 1;
        int before = 0;
        for (int c = text.read(); c >= 0; c = text.read()) {
            if (c == 0xdc00 && !Character.isHighSurrogate((char) before)) {
                return line;
            }
            line += c == '\n' ? 1 : 0;
            before = c;
        }
        return 0;
    }
}
