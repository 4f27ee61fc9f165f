package dev.byline.platform.openapi;

import dev.byline.platform.entity.EntityResource;
import dev.byline.platform.query.QueryFields;
import java.util.Locale;

/// The path of an entity's rows.
///
/// @param path of all of them, as `/things`, or of those of one parent, as `/owners/{id}/things`
/// @param fields the fields that clients may query
/// @param input the name of the schema of what a client sends for a row
/// @param inputType the class of the input
/// @param view the name of the schema of what a client sees of a row
/// @param parent the entity of the parent; null where the path is that of all rows
record EntityPath(String path, QueryFields<?> fields, String input, String inputType, String view, Class<?> parent) {

    /// The name of the rows: the last part of the path.
    String rows() {
        return path.substring(path.lastIndexOf('/') + 1);
    }

    /// The name of a row in a sentence.
    String row() {
        return view.toLowerCase(Locale.ROOT);
    }

    /// The path of an import of rows.
    String imports() {
        return path + "/" + EntityResource.IMPORT;
    }

    /// Whether this is a path of the rows, of one of them, or of their import.
    boolean has(String other) {
        return other.equals(path) || other.equals(path + "/{id}") || other.equals(imports());
    }
}
