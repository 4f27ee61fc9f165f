/// Byline: users and posts over HTTP on PostgreSQL.
///
/// {@link dev.byline.user} and {@link dev.byline.post} are what it is about; `dev.byline.platform` is what every entity
/// gets, and knows neither.
package dev.byline;
