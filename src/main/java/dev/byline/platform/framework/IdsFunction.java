package dev.byline.platform.framework;

import java.util.List;
import org.hibernate.boot.model.FunctionContributions;
import org.hibernate.dialect.function.SqlFunction;
import org.hibernate.metamodel.model.domain.ReturnableType;
import org.hibernate.query.sqm.function.AbstractSqmSelfRenderingFunctionDescriptor;
import org.hibernate.query.sqm.produce.function.StandardArgumentsValidators;
import org.hibernate.query.sqm.produce.function.StandardFunctionReturnTypeResolvers;
import org.hibernate.sql.ast.SqlAstTranslator;
import org.hibernate.sql.ast.spi.SqlAppender;
import org.hibernate.sql.ast.tree.SqlAstNode;
import org.hibernate.type.StandardBasicTypes;

/// `ids('select …?', …)` in HQL: as `sql(…)`, but ids, so that a statement may say `id in (ids(…))`, and the database
/// reads only those rows. This class can be removed when Hibernate can give `sql(…)` a type.
public final class IdsFunction extends AbstractSqmSelfRenderingFunctionDescriptor {

    public static final String NAME = "ids";

    private static final SqlFunction SQL = new SqlFunction();

    public IdsFunction(FunctionContributions functions) {
        super(
                NAME,
                StandardArgumentsValidators.min(1),
                StandardFunctionReturnTypeResolvers.invariant(
                        functions.getTypeConfiguration().getBasicTypeRegistry().resolve(StandardBasicTypes.LONG)),
                null);
    }

    @Override
    public void render(
            SqlAppender sql,
            List<? extends SqlAstNode> arguments,
            ReturnableType<?> type,
            SqlAstTranslator<?> translator) {
        SQL.render(sql, arguments, type, translator);
    }
}
