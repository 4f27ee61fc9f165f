/// What may be asked of rows, and how it is answered. An entity declares its fields once, as a {@link
/// dev.byline.query.Queryable}; filters, order, cursors, search, the columns that are read and the API's description
/// follow from that. It knows no HTTP and no feature.
package dev.byline.query;
