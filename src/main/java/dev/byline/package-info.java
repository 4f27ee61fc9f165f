/// Byline: users and posts over HTTP on PostgreSQL.
///
/// One package a feature ({@link dev.byline.user}, {@link dev.byline.post}); the others are plumbing that knows no
/// feature.
package dev.byline;
