package dev.byline.platform.query;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import org.apache.commons.codec.digest.DigestUtils;

/// A position between two rows in the order of a query: the sort keys of the row on one side of it. It stays valid
/// when rows are inserted or deleted.
///
/// The text of a cursor begins with a digest of the query and the keys. So a damaged cursor, or the cursor of
/// another query, is an error instead of a wrong page. The digest is not a secret: a forged cursor gives access
/// only to rows that a filter would give, too.
///
/// @param backward whether to read the rows before the position instead of those after it
/// @param values of the sort keys, null where the row has no value
record Cursor(boolean backward, List<Object> values) {

    private static final int DIGEST_BYTES = 9;

    String text(Query query) {
        var bytes = new ByteArrayOutputStream();
        try (var out = new DataOutputStream(bytes)) {
            out.writeBoolean(backward);
            for (var value : values) {
                out.writeBoolean(value != null);
                if (value != null) {
                    out.writeUTF(value.toString());
                }
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        var place = bytes.toByteArray();
        bytes.reset();
        bytes.writeBytes(digest(query, place));
        bytes.writeBytes(place);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes.toByteArray());
    }

    /// @throws IllegalArgumentException when the text is not a cursor of this query
    static Cursor parse(String text, Query query) {
        var bytes = Base64.getUrlDecoder().decode(text);
        var place = Arrays.copyOfRange(bytes, Math.min(DIGEST_BYTES, bytes.length), bytes.length);
        if (!Arrays.equals(digest(query, place), Arrays.copyOf(bytes, DIGEST_BYTES))) {
            throw new IllegalArgumentException();
        }
        var cursor = parse(place, query);
        // A cursor has one valid spelling: values are written in one way, and nothing follows them.
        if (!cursor.text(query).equals(text)) {
            throw new IllegalArgumentException();
        }
        return cursor;
    }

    private static Cursor parse(byte[] place, Query query) {
        try (var in = new DataInputStream(new ByteArrayInputStream(place))) {
            boolean backward = in.readBoolean();
            var values = new ArrayList<>();
            for (var key : query.order().keys()) {
                boolean isNull = !in.readBoolean();
                if (isNull && !key.field().isNullable()) {
                    throw new IllegalArgumentException();
                }
                values.add(isNull ? null : key.field().type().parse(in.readUTF()));
            }
            return new Cursor(backward, values);
        } catch (IOException e) {
            throw new IllegalArgumentException(e);
        }
    }

    private static byte[] digest(Query query, byte[] place) {
        return Arrays.copyOf(
                DigestUtils.sha256(query.identity() + '\0' + HexFormat.of().formatHex(place) + '\0'), DIGEST_BYTES);
    }
}
