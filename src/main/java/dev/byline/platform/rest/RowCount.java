package dev.byline.platform.rest;

/// The answer to a write of many rows that contains only their number.
public interface RowCount {}
