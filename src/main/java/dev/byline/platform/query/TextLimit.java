package dev.byline.platform.query;

/// How much text may be read from the database at a time, for a page or for some rows of an export. The database itself
/// stops there, before any of it is sent: neither the driver nor Hibernate ever holds more than this and one row.
public final class TextLimit {

    /// A page of short texts never comes near it, and one of long texts has some of them.
    private static final long MOST = 1 << 20;

    /// As many requests as are in work at once (`byline.http.max-running`), each with its page as bytes of the driver,
    /// as texts and as JSON, fill no more than half of the heap.
    private static final int PARTS_OF_HEAP = 256;

    private TextLimit() {}

    /// In UTF-8. Asked for at run time, because a native executable learns its heap when it starts.
    public static long bytes() {
        return Math.min(MOST, Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
    }
}
