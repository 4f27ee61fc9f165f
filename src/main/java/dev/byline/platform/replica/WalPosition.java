package dev.byline.platform.replica;

import java.util.HexFormat;
import java.util.Optional;

/// A position in PostgreSQL's write-ahead log. A standby that has replayed up to it has every commit before it.
///
/// @param timeline incremented with each promotion of a standby
/// @param lsn the log sequence number, unsigned
record WalPosition(int timeline, long lsn) {

    /// Not a valid log sequence number.
    static final long NONE = 0;

    /// A position that no server ever reaches.
    static final WalPosition UNREACHABLE = new WalPosition(-1, -1);

    private static final int TIMELINE_DIGITS = 8;
    private static final int LENGTH = 25;

    /// @param timeline eight hexadecimal digits, as in the name of a WAL file
    /// @param lsn as PostgreSQL writes it, `16/B374D848`
    static WalPosition of(String timeline, String lsn) {
        return new WalPosition(HexFormat.fromHexDigits(timeline), lsn(lsn));
    }

    static long lsn(String text) {
        int slash = text.indexOf('/');
        return HexFormat.fromHexDigitsToLong(text, 0, slash) << 32
                | HexFormat.fromHexDigitsToLong(text, slash + 1, text.length());
    }

    /// Parses what {@link #toString} has written. Empty for anything else.
    static Optional<WalPosition> parse(String text) {
        if (text.length() != LENGTH) {
            return Optional.empty();
        }
        try {
            var position = new WalPosition(
                    HexFormat.fromHexDigits(text, 0, TIMELINE_DIGITS),
                    HexFormat.fromHexDigitsToLong(text, TIMELINE_DIGITS + 1, LENGTH));
            return Optional.of(position).filter(written -> written.toString().equals(text));
        } catch (NumberFormatException notHexadecimal) {
            return Optional.empty();
        }
    }

    /// Whether a server at this position has all commits before the other position. After a promotion the numbers
    /// continue from the standby's position, so positions of a later timeline can be compared. On an earlier
    /// timeline the same numbers belong to another log.
    boolean hasReached(WalPosition other) {
        return Integer.compareUnsigned(timeline, other.timeline) >= 0 && Long.compareUnsigned(lsn, other.lsn) >= 0;
    }

    @Override
    public String toString() {
        var hex = HexFormat.of();
        return hex.toHexDigits(timeline) + "-" + hex.toHexDigits(lsn);
    }
}
