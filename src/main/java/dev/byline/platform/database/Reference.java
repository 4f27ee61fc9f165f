package dev.byline.platform.database;

/// A foreign key: the column of a table that refers to another table.
public record Reference(String table, String column) {}
