package dev.byline.platform.bulk;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectReader;
import dev.byline.platform.problem.ProblemException;
import java.io.IOException;
import java.io.InputStream;

/// The elements of a JSON array.
final class JsonRowReader<I> implements RowReader<I> {

    private final ObjectReader reader;
    private final JsonParser parser;
    private long index;

    JsonRowReader(InputStream body, ObjectReader reader) throws IOException {
        this.reader = reader;
        parser = reader.getFactory().createParser(body);
        parser.setCodec(reader.without(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)); // more elements follow
        parser.nextToken(); // the beginning of the array, which SentBody has seen
    }

    @Override
    public InputRow<I> next() throws IOException {
        if (parser.nextToken() == JsonToken.END_ARRAY) {
            if (parser.nextToken() != null) {
                throw ProblemException.malformed("Something follows the JSON value.");
            }
            return null;
        }
        long start = parser.currentTokenLocation().getByteOffset();
        JsonNode element = parser.readValueAsTree();
        int size = (int) (parser.currentLocation().getByteOffset() - start);
        return new InputRow<>(RowPosition.at(index++), size, () -> reader.readValue(element));
    }

    @Override
    public void close() throws IOException {
        parser.close();
    }
}
