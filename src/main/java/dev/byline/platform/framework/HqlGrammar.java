package dev.byline.platform.framework;

import org.antlr.v4.runtime.BailErrorStrategy;
import org.antlr.v4.runtime.atn.PredictionMode;
import org.hibernate.query.hql.internal.HqlParseTreeBuilder;

/// Hibernate's parser of HQL. It could go if Hibernate parsed statements without their entities, which are not there
/// yet while a native executable is built.
public final class HqlGrammar {

    private HqlGrammar() {}

    /// Parses the statement as Hibernate does it first.
    ///
    /// @throws RuntimeException when this is no HQL
    public static void parse(String hql) {
        var lexer = HqlParseTreeBuilder.INSTANCE.buildHqlLexer(hql);
        var parser = HqlParseTreeBuilder.INSTANCE.buildHqlParser(hql, lexer);
        parser.getInterpreter().setPredictionMode(PredictionMode.SLL);
        parser.setErrorHandler(new BailErrorStrategy());
        parser.statement();
    }
}
