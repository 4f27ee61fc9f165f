package dev.byline.platform.export;

/// Texts as the cells of CSV. A spreadsheet executes a cell that begins like a formula, so such a text gets an
/// apostrophe before it. A text that begins with an apostrophe gets one, too, so that reading gives the text that
/// was written.
public final class SpreadsheetText {

    private static final char MARK = '\'';
    private static final String MARKED = "=+-@\t\r" + MARK;

    private SpreadsheetText() {}

    static String write(String text) {
        return isMarkedAt(text, 0) ? MARK + text : text;
    }

    /// The text of a cell, whoever wrote the file: an apostrophe before any other character is part of the text.
    public static String read(String cell) {
        return !cell.isEmpty() && cell.charAt(0) == MARK && isMarkedAt(cell, 1) ? cell.substring(1) : cell;
    }

    private static boolean isMarkedAt(String text, int index) {
        return text.length() > index && MARKED.indexOf(text.charAt(index)) >= 0;
    }
}
