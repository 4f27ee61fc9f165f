package dev.byline.platform.database;

import io.quarkus.arc.properties.IfBuildProperty;
import io.quarkus.hibernate.orm.PersistenceUnitExtension;
import jakarta.inject.Singleton;

/// Explains what MariaDB's explains.
@Singleton
@PersistenceUnitExtension
@IfBuildProperty(name = "byline.database", stringValue = "mysql")
public class MySqlEstimate extends MariaDbEstimate {

    private static final long serialVersionUID = 1L;
}
