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

    /// The minimum length of a pattern, in code points. The indexes contain trigrams: for a shorter pattern, the
    /// database would have to read every text.
    public static final int MIN_PATTERN = 3;

    private final String symbol;

    Operator(String symbol) {
        this.symbol = symbol;
    }

    /// The name of the parameter that compares this field with this operator.
    public String parameter(String field) {
        return this == EQ ? field : field + ":" + symbol;
    }

    /// Whether it looks for a part of a text.
    public boolean isPattern() {
        return this == CONTAINS || this == STARTS_WITH;
    }

    /// Whether every row fits the condition. Such a filter is a mistake: the client has probably lost its value.
    boolean fitsAll(Field field, Object value) {
        if (field.isNullable()) {
            return false; // a row without a value does not fit
        }
        return switch (this) {
            case GTE -> value.equals(field.type().least());
            case LTE -> value.equals(field.type().most());
            case GT, NE -> value.equals("") && field.isFilled();
            default -> false;
        };
    }

    /// Whether its parameter may appear several times. A row then fits if it matches one of the values, or with
    /// {@link #NE} none of them.
    public boolean takesMany() {
        return switch (this) {
            case EQ, NE, CONTAINS, STARTS_WITH -> true;
            default -> false;
        };
    }
}
