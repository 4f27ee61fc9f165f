--liquibase formatted sql

--changeset byline:006-idempotency-keys
-- The first answer to each request that named itself with Idempotency-Key, written with what the request wrote.
create table idempotency_keys (
    caller varchar(1000) not null,
    key varchar(255) not null,
    request bytea not null,
    status integer not null,
    headers text not null,
    body text,
    created_at timestamptz not null,
    primary key (caller, key)
);
-- The oldest go first.
create index idempotency_keys_created_at_idx on idempotency_keys (created_at);
--rollback drop table idempotency_keys;
