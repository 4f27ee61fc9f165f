package dev.byline.platform.query;

/// How a filter compares: `size:gte=18`. A filter without an operator is equality, `size=18`.
public enum Operator {
    EQ(""),
    NE("ne"),
    GT("gt"),
    GTE("gte"),
    LT("lt"),
    LTE("lte"),
    CONTAINS("contains"),
    STARTS_WITH("startsWith"),
    NULL("null");

    /// The fewest characters (code points) of a part of a text. The indexes know texts by three of them: for fewer,
    /// every text would have to be read.
    public static final int MIN_PATTERN = 3;

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /// The parameter that compares this field in this way.
    public String parameter(String field) {
        return this == EQ ? field : field + ":" + symbol;
    }

    /// Whether it looks for a part of a text.
    public boolean isPattern() {
        return this == CONTAINS || this == STARTS_WITH;
    }

    /// Whether no row can be without what the condition asks for: a client that leaves a value empty means another one.
    boolean fitsAll(Field field, Object value) {
        if (field.isNullable()) {
            return false; // a row without a value does not fit
        }
        return switch (this) {
            case GTE -> value.equals(field.type().least());
            case LTE -> value.equals(field.type().most());
            case GT, NE -> value.equals("") && !field.mayBeEmpty();
            default -> false;
        };
    }

    /// Whether its parameter may stand several times. Any of the values then fits; with {@link #NE} none may.
    public boolean takesMany() {
        return switch (this) {
            case EQ, NE, CONTAINS, STARTS_WITH -> true;
            default -> false;
        };
    }
}
