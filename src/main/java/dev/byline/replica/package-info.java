/// Reads from a hot standby, where one is configured as the datasource `replica`.
///
/// {@link dev.byline.replica.ReplicaWatch} follows how far the standby has replayed the primary's log,
/// {@link dev.byline.replica.ReplicaReads} decides for each read, {@link dev.byline.replica.RoutedConnections} lends
/// Hibernate the connection, and {@link dev.byline.replica.ConsistencyToken} lets a client read what it has written.
package dev.byline.replica;
