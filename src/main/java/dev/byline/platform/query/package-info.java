/// What may be asked of rows, and how it is answered. An entity declares its fields once, as its
/// {@link dev.byline.platform.query.QueryFields}; filters, order, cursors, search, the columns that are read and the
/// API's
/// description follow from that. It knows no feature.
package dev.byline.platform.query;
