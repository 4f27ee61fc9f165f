/// Reads from a hot standby, if one is configured as the datasource `replica`.
///
/// {@link dev.byline.platform.replica.ReplicaWatch} follows how far the standby has replayed the primary's log,
/// {@link dev.byline.platform.replica.ReplicaReads} chooses the server for each read,
/// {@link dev.byline.platform.replica.RoutedConnections} gives Hibernate the connection, and
/// {@link dev.byline.platform.replica.ConsistencyToken} lets a client read what it has written.
package dev.byline.platform.replica;
