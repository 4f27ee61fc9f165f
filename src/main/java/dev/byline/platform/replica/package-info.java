/// Reads from a hot standby, where one is configured as the datasource `replica`.
///
/// {@link dev.byline.platform.replica.ReplicaWatch} follows how far the standby has replayed the primary's log,
/// {@link dev.byline.platform.replica.ReplicaReads} decides for each read, {@link
/// dev.byline.platform.replica.RoutedConnections} lends
/// Hibernate the connection, and {@link dev.byline.platform.replica.ConsistencyToken} lets a client read what it has
/// written.
package dev.byline.platform.replica;
