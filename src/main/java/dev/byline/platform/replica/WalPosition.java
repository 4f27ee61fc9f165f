package dev.byline.platform.replica;

import java.util.HexFormat;
import java.util.Optional;

/// A place in PostgreSQL's write-ahead log. A standby that has replayed up to it has every commit before it.
///
/// @param timeline rises with each promotion of a standby
/// @param lsn the log sequence number, unsigned
record WalPosition(int timeline, long lsn) {

    /// No log sequence number.
    static final long NONE = 0;

    /// Where no server ever gets.
    static final WalPosition UNREACHABLE = new WalPosition(-1, -1);

    private static final int TIMELINE_DIGITS = 8;
    private static final int LENGTH = 25;

    /// @param timeline as the name of a log file has it, eight hexadecimal digits
    /// @param lsn as PostgreSQL writes it, `16/B374D848`
    static WalPosition of(String timeline, String lsn) {
        return new WalPosition(HexFormat.fromHexDigits(timeline), lsn(lsn));
    }

    static long lsn(String text) {
        int slash = text.indexOf('/');
        return HexFormat.fromHexDigitsToLong(text, 0, slash) << 32
                | HexFormat.fromHexDigitsToLong(text, slash + 1, text.length());
    }

    /// What {@link #toString} has written; empty for anything else.
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

    /// Whether a server at this place has what was committed before the other. After a promotion the numbers go on
    /// from where the standby was, so on a later timeline they count on; on an earlier one they mean another log.
    boolean hasReached(WalPosition other) {
        return Integer.compareUnsigned(timeline, other.timeline) >= 0 && Long.compareUnsigned(lsn, other.lsn) >= 0;
    }

    @Override
    public String toString() {
        var hex = HexFormat.of();
        return hex.toHexDigits(timeline) + "-" + hex.toHexDigits(lsn);
    }
}
