package dev.byline.platform.query;

import static dev.byline.platform.query.Operator.NULL;

import java.util.EnumSet;
import java.util.Set;

/// A value of a row that clients may ask for by name.
public final class Field {

    private final String name;
    private final String embedded;
    private final String member;
    private final String path;
    private final Type type;
    private final boolean nullable;
    private final boolean large;
    private final boolean filled;
    private final Class<?> target;

    private Field(
            String name, String path, Type type, boolean nullable, boolean large, boolean filled, Class<?> target) {
        this.name = name;
        int dot = name.indexOf('.');
        this.embedded = dot < 0 ? null : name.substring(0, dot);
        this.member = name.substring(dot + 1);
        this.path = path;
        this.type = type;
        this.nullable = nullable;
        this.large = large;
        this.filled = filled;
        this.target = target;
    }

    public static Field number(String name) {
        return of(name, Type.LONG);
    }

    public static Field integer(String name) {
        return of(name, Type.INTEGER);
    }

    public static Field text(String name) {
        return of(name, Type.TEXT);
    }

    public static Field time(String name) {
        return of(name, Type.TIME);
    }

    /// A reference to a row of another entity. Clients see its id: the attribute `owner` is the field `ownerId`.
    public static Field reference(String attribute, Class<?> target) {
        return new Field(nameOfReference(attribute), attribute + ".id", Type.LONG, false, false, false, target);
    }

    static String nameOfReference(String attribute) {
        return attribute + "Id";
    }

    static Field of(String name, Type type) {
        return new Field(name, name, type, false, false, false, null);
    }

    /// The same field, with an HQL path that differs from its name.
    Field at(String path) {
        return new Field(name, path, type, nullable, large, filled, target);
    }

    public Field nullable() {
        return new Field(name, path, type, true, large, filled, target);
    }

    /// The field may be long. So clients cannot sort by it or look for a part of it, and the bytes of a page that
    /// contains it are limited. An index for parts of long texts would be half of the work of every write; `q`
    /// finds
    /// their words.
    public Field large() {
        return new Field(name, path, type, nullable, true, filled, target);
    }

    /// The field is never the empty text. A filter that excludes only that one is refused: it fits every row.
    public Field filled() {
        return new Field(name, path, type, nullable, large, true, target);
    }

    /// The same field as part of an embedded row: `size` becomes `owner.size`.
    Field of(String member) {
        return new Field(member + "." + name, member + "." + path, type, nullable, large, filled, target);
    }

    public String name() {
        return name;
    }

    /// The name of the embedded row that has it: `owner` of `owner.size`. Null for a field of the row itself.
    String embedded() {
        return embedded;
    }

    /// Its name in the row that has it: `size` of `owner.size`.
    String member() {
        return member;
    }

    String path() {
        return path;
    }

    public Type type() {
        return type;
    }

    /// The entity that it refers to; null where it is not a reference.
    public Class<?> target() {
        return target;
    }

    boolean isNullable() {
        return nullable;
    }

    boolean mayBeEmpty() {
        return !filled;
    }

    boolean isLarge() {
        return large;
    }

    public boolean isSortable() {
        return !large;
    }

    public Set<Operator> operators() {
        var operators = EnumSet.allOf(Operator.class);
        if (type != Type.TEXT || large) {
            operators.removeIf(Operator::isPattern);
        }
        if (!nullable) {
            operators.remove(NULL);
        }
        return operators;
    }

    @Override
    public String toString() {
        return name;
    }
}
