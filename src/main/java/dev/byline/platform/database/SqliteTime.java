package dev.byline.platform.database;

import java.sql.CallableStatement;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.hibernate.type.descriptor.ValueBinder;
import org.hibernate.type.descriptor.ValueExtractor;
import org.hibernate.type.descriptor.WrapperOptions;
import org.hibernate.type.descriptor.java.JavaType;
import org.hibernate.type.descriptor.jdbc.BasicBinder;
import org.hibernate.type.descriptor.jdbc.BasicExtractor;
import org.hibernate.type.descriptor.jdbc.JdbcType;

/// A time in UTC, in a database without a type for it: a text in microseconds, always of the same length, so that
/// texts sort as their times do. SQLite's own functions understand it. The driver's timestamps have milliseconds.
final class SqliteTime implements JdbcType {

    private static final long serialVersionUID = 1L;

    private static final DateTimeFormatter MICROSECONDS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    static String written(Instant time) {
        return MICROSECONDS.format(time);
    }

    @Override
    public int getJdbcTypeCode() {
        return Types.TIMESTAMP;
    }

    @Override
    public <X> ValueBinder<X> getBinder(JavaType<X> type) {
        return new BasicBinder<>(type, this) {

            private static final long serialVersionUID = 1L;

            @Override
            protected void doBind(PreparedStatement statement, X value, int index, WrapperOptions options)
                    throws SQLException {
                statement.setString(index, written(type.unwrap(value, Instant.class, options)));
            }

            @Override
            protected void doBind(CallableStatement statement, X value, String name, WrapperOptions options) {
                throw new UnsupportedOperationException("SQLite has no procedures");
            }
        };
    }

    @Override
    public <X> ValueExtractor<X> getExtractor(JavaType<X> type) {
        return new BasicExtractor<>(type, this) {

            private static final long serialVersionUID = 1L;

            @Override
            protected X doExtract(ResultSet rows, int index, WrapperOptions options) throws SQLException {
                var text = rows.getString(index);
                return text == null ? null : type.wrap(Instant.parse(text), options);
            }

            @Override
            protected X doExtract(CallableStatement statement, int index, WrapperOptions options) {
                throw new UnsupportedOperationException("SQLite has no procedures");
            }

            @Override
            protected X doExtract(CallableStatement statement, String name, WrapperOptions options) {
                throw new UnsupportedOperationException("SQLite has no procedures");
            }
        };
    }
}
