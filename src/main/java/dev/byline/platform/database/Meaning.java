package dev.byline.platform.database;

/// What a failed statement means for the service.
public enum Meaning {
    /// A conflict with other transactions ended this one. It may be tried again.
    CONFLICT,
    /// Another transaction has held a lock for too long.
    LOCKED,
    /// The statement took too long, so it was cancelled.
    TOO_LONG,
    /// A row refers to a row that does not exist, or a deleted row is still referred to ({@link Database#reference}).
    REFERENCE,
    /// The primary key of a new row is that of another one. The next try takes another id.
    ID_TAKEN,
    /// Another rule of the schema is violated.
    RULE,
    /// The server has gone, or accepts no writes any more. Other connections of the pool will fail, too.
    LOST,
    /// The server refuses the service, or lacks what it needs to work.
    AWAY,
    /// A migration changed the tables while the statement was prepared.
    SCHEMA_CHANGED,
    /// The tables are not those that this version needs.
    WRONG_SCHEMA,
    /// The service has no right to do this.
    NO_RIGHT,
    /// It comes from the pool or the transaction manager, not from the database.
    NOT_OF_THE_DATABASE,
    OTHER
}
