package dev.byline.platform.export;

/// Texts as the cells of CSV. A spreadsheet runs a cell that begins like a formula, so such a text gets an apostrophe
/// before it, and so does one that begins with an apostrophe: what is read is what was written.
public final class SpreadsheetText {

    private static final char MARK = '\'';
    private static final String MARKED = "=+-@\t\r" + MARK;

    private SpreadsheetText() {}

    static String write(String text) {
        return isMarkedAt(text, 0) ? MARK + text : text;
    }

    /// The text of a cell, whoever wrote it: an apostrophe before anything else is part of the text.
    public static String read(String cell) {
        return !cell.isEmpty() && cell.charAt(0) == MARK && isMarkedAt(cell, 1) ? cell.substring(1) : cell;
    }

    private static boolean isMarkedAt(String text, int index) {
        return text.length() > index && MARKED.indexOf(text.charAt(index)) >= 0;
    }
}
