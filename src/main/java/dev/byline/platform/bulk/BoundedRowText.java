package dev.byline.platform.bulk;

import java.io.FilterReader;
import java.io.IOException;
import java.io.Reader;

/// The text of rows. It refuses a row that is too long, for example because a quote is left open. Its parser
/// reads ahead, so a row may exceed the limit by the size of a buffer.
final class BoundedRowText extends FilterReader {

    static final class TooLongException extends IOException {

        private static final long serialVersionUID = 1L;
    }

    private int characters;

    BoundedRowText(Reader text) {
        super(text);
    }

    void nextRecord() {
        characters = 0;
    }

    /// The one method by which the parser reads.
    @Override
    public int read(char[] buffer, int offset, int length) throws IOException {
        int read = super.read(buffer, offset, length);
        characters += read;
        if (characters > RowReader.MAX_ROW) {
            throw new TooLongException();
        }
        return read;
    }
}
