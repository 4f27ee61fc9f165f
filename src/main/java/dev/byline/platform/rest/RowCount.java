package dev.byline.platform.rest;

/// The answer to a write of many rows that are counted, not shown.
public interface RowCount {}
