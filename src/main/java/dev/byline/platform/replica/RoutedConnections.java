package dev.byline.platform.replica;

import io.agroal.api.AgroalDataSource;
import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import io.quarkus.hibernate.orm.runtime.customized.QuarkusConnectionProvider;
import io.quarkus.hibernate.orm.runtime.tenant.TenantConnectionResolver;
import io.quarkus.hibernate.orm.runtime.tenant.TenantResolver;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import org.hibernate.engine.jdbc.connections.spi.ConnectionProvider;

/// Gives Hibernate its connections: the replica's for a read that was routed there, else the primary's.
///
/// Quarkus lets an application supply connections to Hibernate only through multitenancy. Here is a single tenant.
/// A tenant for each server would bind the session, which lives as long as the request, to one server. Then the
/// first read of a request, for authentication for example, would decide for the rest, and a read that failed on
/// the replica could not be retried on the primary.
@Singleton
@IfBuildProperty(name = "byline.database", stringValue = "postgresql")
@PersistenceUnitExtension
public class RoutedConnections extends QuarkusConnectionProvider implements TenantResolver, TenantConnectionResolver {

    private static final long serialVersionUID = 1L;

    private static final String THE_TENANT = "byline";

    private final transient Replica replica;

    RoutedConnections(AgroalDataSource primary, Replica replica) {
        super(primary);
        this.replica = replica;
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
        return ReadRoute.current().isReplica() ? replica.dataSource().getConnection() : super.getConnection();
    }
}
