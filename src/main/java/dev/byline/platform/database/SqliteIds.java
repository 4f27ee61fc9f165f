package dev.byline.platform.database;

import dev.byline.platform.framework.EntityTable;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.PrimitiveIterator;
import java.util.stream.LongStream;
import org.hibernate.Session;
import org.hibernate.boot.model.naming.Identifier;
import org.hibernate.boot.model.relational.QualifiedSequenceName;
import org.hibernate.dialect.sequence.SequenceSupport;
import org.hibernate.tool.schema.extract.spi.ExtractionContext;
import org.hibernate.tool.schema.extract.spi.SequenceInformation;
import org.hibernate.tool.schema.extract.spi.SequenceInformationExtractor;

/// SQLite has no sequences, but one table with the greatest id of each table whose ids it gives (`autoincrement`). A
/// row that is inserted with an id of its own moves that one along, too.
///
/// The next id is taken in the transaction that inserts the row, and given back when that is rolled back. So ids are
/// not taken in blocks: what remained of one would be used after it was given back.
final class SqliteIds {

    /// By convention, as in `<table>_id_seq`.
    private static final String SUFFIX = "_id_seq";

    private static final String TAKE = "update sqlite_sequence set seq = seq + %s where name = '%s' returning seq";

    static final SequenceSupport SEQUENCES = new SequenceSupport() {

        @Override
        public String getSequenceNextValString(String sequence) {
            return TAKE.formatted(1, sequence.substring(0, sequence.length() - SUFFIX.length()));
        }

        @Override
        public String getSelectSequenceNextValString(String sequence) {
            throw new UnsupportedOperationException("SQLite takes an id only in a statement of its own");
        }
    };

    /// For the validation of the schema.
    static final SequenceInformationExtractor EXTRACTOR = SqliteIds::sequences;

    private record Sequence(QualifiedSequenceName name) implements SequenceInformation {

        @Override
        public QualifiedSequenceName getSequenceName() {
            return name;
        }

        @Override
        public Number getStartValue() {
            return 1L;
        }

        @Override
        public Number getMinValue() {
            return 1L;
        }

        @Override
        public Number getMaxValue() {
            return Long.MAX_VALUE;
        }

        @Override
        public Number getIncrementValue() {
            return 1L;
        }
    }

    private SqliteIds() {}

    static PrimitiveIterator.OfLong take(Session session, EntityTable table, int many) {
        long last = session.createNativeQuery(TAKE.formatted(":many", table.name()), Long.class)
                .setParameter("many", many)
                .getSingleResult();
        return LongStream.rangeClosed(last - many + 1, last).iterator();
    }

    private static Iterable<SequenceInformation> sequences(ExtractionContext context) throws SQLException {
        var sequences = new ArrayList<SequenceInformation>();
        try (var statement = context.getJdbcConnection().createStatement();
                var tables = statement.executeQuery("select name from sqlite_sequence")) {
            while (tables.next()) {
                var name = new QualifiedSequenceName(null, null, Identifier.toIdentifier(tables.getString(1) + SUFFIX));
                sequences.add(new Sequence(name));
            }
        }
        return sequences;
    }
}
