--liquibase formatted sql

--changeset byline:005-idempotency-keys
-- The first answer to each request that named itself with Idempotency-Key, written with what the request wrote.
create table if not exists idempotency_keys (
    caller varchar(1000) not null,
    key varchar(255) not null,
    issuer varchar(1000) not null,
    subject varchar(255) not null,
    request blob not null,
    status integer not null,
    headers text not null,
    body text,
    created_at timestamp not null,
    primary key (caller, key),
    constraint idempotency_keys_created_at_check check (created_at glob '????-??-??T??:??:??.??????Z')
);
-- The oldest go first.
create index if not exists idempotency_keys_created_at_idx on idempotency_keys (created_at);
--rollback drop table idempotency_keys;
