/// Queries of clients, and the statements that answer them. An entity declares its fields once, as its {@link
/// dev.byline.platform.query.QueryFields}. Filters, order, cursors, search, the columns to read and the API's
/// description follow from that. The package knows no feature.
package dev.byline.platform.query;
