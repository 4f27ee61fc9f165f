package dev.byline.platform.database;

import dev.byline.platform.framework.IdsFunction;
import java.sql.Types;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.boot.model.TypeContributions;
import org.hibernate.community.dialect.SQLiteDialect;
import org.hibernate.dialect.function.CommonFunctionFactory;
import org.hibernate.dialect.sequence.SequenceSupport;
import org.hibernate.engine.jdbc.dialect.spi.DialectResolutionInfo;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.tool.schema.extract.spi.SequenceInformationExtractor;
import org.hibernate.type.SqlTypes;

/// Hibernate's dialect of SQLite, with what it lacks for the statements of this service: times in microseconds,
/// sequences, and the size of a text in bytes.
public class SqliteDialect extends SQLiteDialect {

    public SqliteDialect(DialectResolutionInfo info) {
        super(info);
    }

    @Override
    public void contributeTypes(TypeContributions types, ServiceRegistry services) {
        super.contributeTypes(types, services);
        types.getTypeConfiguration().getJdbcTypeRegistry().addDescriptor(SqlTypes.TIMESTAMP_UTC, new SqliteTime());
    }

    @Override
    public void initializeFunctionRegistry(FunctionContributions functions) {
        super.initializeFunctionRegistry(functions);
        new CommonFunctionFactory(functions).octetLength();
        functions.getFunctionRegistry().register(IdsFunction.NAME, new IdsFunction(functions));
    }

    /// Every integer has 64 bits. An id must be declared as `integer`, because only that makes it the key of the table.
    @Override
    public boolean equivalentTypes(int one, int other) {
        return super.equivalentTypes(one, other) || isInteger(one) && isInteger(other);
    }

    private static boolean isInteger(int type) {
        return type == Types.INTEGER || type == Types.BIGINT;
    }

    @Override
    public SequenceSupport getSequenceSupport() {
        return SqliteIds.SEQUENCES;
    }

    @Override
    public SequenceInformationExtractor getSequenceInformationExtractor() {
        return SqliteIds.EXTRACTOR;
    }

    @Override
    public boolean supportsCaseInsensitiveLike() {
        return true;
    }

    @Override
    public String getCaseInsensitiveLike() {
        return "like";
    }
}
