package dev.byline.platform.database;

import liquibase.database.Database;
import liquibase.database.core.SQLiteDatabase;
import liquibase.lockservice.OfflineLockService;

/// Migrations of SQLite need no lock: one process has the file, and if two start at once, SQLite lets one of them
/// write.
/// Liquibase's own lock is a row. A process that is killed while it migrates would leave it, and every later start
/// would wait for it.
public final class SqliteMigrationLock extends OfflineLockService {

    @Override
    public int getPriority() {
        return PRIORITY_DATABASE;
    }

    @Override
    public boolean supports(Database database) {
        return database instanceof SQLiteDatabase;
    }
}
