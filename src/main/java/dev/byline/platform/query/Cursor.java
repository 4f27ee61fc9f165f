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

/// A place between two rows of a query's order: the sort keys of the row on one side of it. Rows may come and go,
/// the place stays.
///
/// As text it begins with a digest over the query and the keys. That makes a slip of a cursor, or the cursor of
/// another query, an error instead of a wrong page. It is no secret and hides nothing: whoever makes one up gets to
/// rows that a filter would give as well.
///
/// @param backward whether the rows before the place are wanted, and not those after it
/// @param values of the order's keys, null where the row has none
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

    /// @throws IllegalArgumentException when the text is no cursor that this query can have answered with
    static Cursor parse(String text, Query query) {
        var bytes = Base64.getUrlDecoder().decode(text);
        var place = Arrays.copyOfRange(bytes, Math.min(DIGEST_BYTES, bytes.length), bytes.length);
        if (!Arrays.equals(digest(query, place), Arrays.copyOf(bytes, DIGEST_BYTES))) {
            throw new IllegalArgumentException();
        }
        var cursor = parse(place, query);
        // The one spelling that it has: values are written in one way, and nothing follows them.
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
        return Arrays.copyOf(Fingerprint.of(query.identity(), HexFormat.of().formatHex(place)), DIGEST_BYTES);
    }
}
