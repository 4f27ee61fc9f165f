package dev.byline.platform.query;

/// How much text is read from the database at a time, for a page or for a batch of an export. The database itself
/// stops at this limit. So the driver and Hibernate never hold more than this and one row.
public final class TextLimit {

    /// A page of short texts stays far below it. A page of long texts still has several rows.
    private static final long MOST = 1 << 20;

    /// With this share, all requests that run at once (`byline.http.max-running`) fill at most half of the heap.
    /// Each holds its page as bytes of the driver, as texts and as JSON.
    private static final int PARTS_OF_HEAP = 256;

    private TextLimit() {}

    /// In UTF-8. Computed at run time, because a native executable knows its heap only when it runs.
    public static long bytes() {
        return Math.min(MOST, Runtime.getRuntime().maxMemory() / PARTS_OF_HEAP);
    }
}
