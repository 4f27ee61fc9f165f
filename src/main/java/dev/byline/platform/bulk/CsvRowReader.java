package dev.byline.platform.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.byline.platform.export.SpreadsheetText;
import dev.byline.platform.http.Digits;
import dev.byline.platform.http.Utf8;
import dev.byline.platform.problem.ProblemException;
import dev.byline.platform.problem.ProblemType;
import dev.byline.platform.upload.Upload;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.lang.reflect.RecordComponent;
import java.math.BigInteger;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.apache.commons.csv.DuplicateHeaderMode;

/// CSV by RFC 4180, in UTF-8. The first line names the members. The type of a member decides how its empty cells
/// are read: null for a number, the empty text for a text. An export can be imported again.
final class CsvRowReader<I> implements RowReader<I> {

    private final Upload upload;
    private final ObjectReader reader;
    private final BoundedRowText text;
    private final CSVParser parser;
    private final Iterator<CSVRecord> records;
    private final List<String> header;
    private final Set<String> numbers;

    CsvRowReader(Upload upload, ObjectReader reader) throws IOException {
        this.upload = upload;
        this.reader = reader;
        var decoder = StandardCharsets.UTF_8.newDecoder(); // which reports invalid UTF-8
        text = new BoundedRowText(new BufferedReader(new InputStreamReader(upload.open(), decoder)));
        try {
            parser = parser();
            var types = Arrays.stream(reader.getValueType().getRawClass().getRecordComponents())
                    .collect(Collectors.toMap(RecordComponent::getName, RecordComponent::getType));
            header = parser.getHeaderNames().stream()
                    .map(column -> member(column, types.keySet()))
                    .toList();
            numbers = new HashSet<>(types.keySet());
            numbers.removeIf(member -> !Number.class.isAssignableFrom(types.get(member)));
            numbers.addAll(ServerValues.NUMBERS);
            records = parser.iterator();
            refuseUnknownColumns();
        } catch (IOException | RuntimeException e) {
            close(); // or the file would stay, and with it one of the few places for imports
            throw e;
        }
    }

    private CSVParser parser() throws IOException {
        try {
            return CSVFormat.RFC4180
                    .builder()
                    .setHeader()
                    .setSkipHeaderRecord(true)
                    .setDuplicateHeaderMode(DuplicateHeaderMode.DISALLOW)
                    .setAllowMissingColumnNames(false)
                    .setIgnoreEmptyLines(true)
                    .get()
                    .parse(text);
        } catch (IOException e) {
            throw unreadable(1, e);
        } catch (IllegalArgumentException e) {
            throw ProblemException.malformed("The first line must name each member once, with commas between them.");
        }
    }

    /// Why the parser cannot read the row that starts on this line.
    private ProblemException unreadable(long line, Throwable cause) throws IOException {
        if (cause instanceof CharacterCodingException) {
            close();
            try (var body = upload.open()) { // the parser reads ahead, so it does not know the line
                return Utf8.refusal(body);
            }
        }
        if (cause instanceof BoundedRowText.TooLongException) {
            return new ProblemException(
                    ProblemType.TOO_LARGE, "The row on line " + line + " has more than " + MAX_ROW + " characters.");
        }
        return ProblemException.malformed("Line " + line + " is not CSV: a quote is left open, or stands amid a cell.");
    }

    /// The member that a column belongs to: `owner.size`, a column of an embedded row, belongs to `owner`.
    private static String member(String column, Set<String> members) {
        int dot = column.indexOf('.');
        var owner = dot < 0 ? column : column.substring(0, dot);
        return members.contains(owner) ? column : owner;
    }

    private void refuseUnknownColumns() throws IOException {
        if (header.isEmpty()) {
            throw ProblemException.malformed("The body is empty: its first line must name the members.");
        }
        var empty = new ObjectNode(JsonNodeFactory.instance);
        header.forEach(empty::putNull);
        try {
            reader.readValue(empty);
        } catch (JsonProcessingException e) {
            var bad = new InvalidRows();
            bad.add(RowPosition.on(1), e);
            throw bad.problem();
        }
    }

    @Override
    public InputRow<I> next() throws IOException {
        long line = parser.getCurrentLineNumber() + 1;
        try {
            if (!records.hasNext()) {
                return null;
            }
            var record = records.next();
            text.nextRecord();
            int characters = record.stream().mapToInt(String::length).sum();
            return new InputRow<>(RowPosition.on(line), characters, () -> parse(record));
        } catch (UncheckedIOException | IllegalStateException e) {
            throw unreadable(line, e.getCause());
        }
    }

    private I parse(CSVRecord record) throws IOException {
        if (record.size() != header.size()) {
            throw ProblemException.malformed(
                    "has " + record.size() + " cells where the first line has " + header.size());
        }
        var row = new ObjectNode(JsonNodeFactory.instance);
        for (int i = 0; i < header.size(); i++) {
            put(row, header.get(i), record.get(i));
        }
        return reader.readValue(row);
    }

    private void put(ObjectNode row, String member, String cell) {
        if (!numbers.contains(member)) {
            row.put(member, SpreadsheetText.read(cell));
        } else if (cell.isEmpty()) {
            row.putNull(member);
        } else if (Digits.isSignedNumber(cell, 30)) {
            row.put(member, new BigInteger(cell));
        } else {
            row.put(member, cell); // which is refused, as in JSON
        }
    }

    @Override
    public void close() throws IOException {
        text.close();
    }
}
