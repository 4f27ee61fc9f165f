package dev.byline.platform.query;

import static dev.byline.platform.query.Operator.NULL;

import java.util.EnumSet;
import java.util.Set;

/// A value of a row that clients may ask for by name.
///
/// @param embedded the name of the embedded row that has it: `owner` of `owner.size`; null for the row itself
/// @param member its name in the row that has it: `size` of `owner.size`
/// @param path in HQL
/// @param isFilled whether it is never the empty text
/// @param target the entity that it refers to; null where it is not a reference
public record Field(
        String embedded,
        String member,
        String path,
        Type type,
        boolean isNullable,
        boolean isLarge,
        boolean isFilled,
        Class<?> target) {

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
        return new Field(null, nameOfReference(attribute), attribute + ".id", Type.LONG, false, false, false, target);
    }

    static String nameOfReference(String attribute) {
        return attribute + "Id";
    }

    private static Field of(String name, Type type) {
        return computed(name, type, name);
    }

    /// @param path an HQL expression
    static Field computed(String name, Type type, String path) {
        return new Field(null, name, path, type, false, false, false, null);
    }

    public Field nullable() {
        return new Field(embedded, member, path, type, true, isLarge, isFilled, target);
    }

    /// The field may be long. So clients cannot sort by it or look for a part of it, and the bytes of a page that
    /// contains it are limited. An index for parts of long texts would be half of the work of every write; `q`
    /// finds their words.
    public Field large() {
        return new Field(embedded, member, path, type, isNullable, true, isFilled, target);
    }

    /// The field is never the empty text. A filter that excludes only that one is refused: it fits every row.
    public Field filled() {
        return new Field(embedded, member, path, type, isNullable, isLarge, true, target);
    }

    /// The same field as part of an embedded row: `size` becomes `owner.size`.
    Field of(String row) {
        return new Field(row, member, row + "." + path, type, isNullable, isLarge, isFilled, target);
    }

    public String name() {
        return embedded == null ? member : embedded + "." + member;
    }

    public boolean isSortable() {
        return !isLarge;
    }

    public Set<Operator> operators() {
        var operators = EnumSet.allOf(Operator.class);
        if (type != Type.TEXT || isLarge) {
            operators.removeIf(Operator::isPattern);
        }
        if (!isNullable) {
            operators.remove(NULL);
        }
        return operators;
    }

    /// Cheap, because every list looks up its columns by its fields.
    @Override
    public int hashCode() {
        return path.hashCode();
    }

    @Override
    public String toString() {
        return name();
    }
}
