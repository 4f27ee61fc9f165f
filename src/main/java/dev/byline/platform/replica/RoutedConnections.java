package dev.byline.platform.replica;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.Arc;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.customized.QuarkusConnectionProvider;
import io.quarkus.hibernate.orm.runtime.tenant.TenantConnectionResolver;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;

/// Where Hibernate gets its connections: the replica's pool for a read that was routed there, else the primary's.
///
/// Multitenancy is how Quarkus lets an application give Hibernate connections of its own; there is one tenant only. A
/// tenant for each server would bind a session to it, and the session is the request's: whoever reads first, to
/// authenticate for example, would decide for the rest, and a read that fails on the replica could not go on.
@Singleton
@PersistenceUnitExtension
public class RoutedConnections extends QuarkusConnectionProvider implements TenantResolver, TenantConnectionResolver {

    private static final long serialVersionUID = 1L;

    private static final String THE_TENANT = "byline";

    private final transient Replica replica;
    private final transient ReadRoute route;

    RoutedConnections(AgroalDataSource primary, Replica replica, ReadRoute route) {
        super(primary);
        this.replica = replica;
        this.route = route;
    }

    @Override
    public String getDefaultTenantId() {
        return THE_TENANT;
    }

    @Override
    public String resolveTenantId() {
        return THE_TENANT;
    }

    @Override
    public ConnectionProvider resolve(String tenant) {
        return this;
    }

    @Override
    public Connection getConnection() throws SQLException {
        return isForReplica() ? replica.dataSource().getConnection() : super.getConnection();
    }

    private boolean isForReplica() {
        return replica.isConfigured()
                && Arc.container().requestContext().isActive() // at start there is no request
                && route.isReplica();
    }
}
