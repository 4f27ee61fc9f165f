package dev.byline.platform.framework;

import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;

/// Hibernate's HQL parser. This class can be removed when Hibernate can parse statements without their entities,
/// which do not exist yet while a native executable is built.
public final class HqlGrammar {

    private HqlGrammar() {}

    /// Parses the statement in the mode that Hibernate tries first.
    ///
    /// @throws RuntimeException when this is not HQL
    public static void parse(String hql) {
        var lexer = HqlParseTreeBuilder.INSTANCE.buildHqlLexer(hql);
        var parser = HqlParseTreeBuilder.INSTANCE.buildHqlParser(hql, lexer);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        parser.statement();
    }
}
