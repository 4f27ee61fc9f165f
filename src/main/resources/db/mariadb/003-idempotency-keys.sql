--liquibase formatted sql

--changeset byline:003-idempotency-keys
-- The first answer to each request that named itself with Idempotency-Key, written with what the request wrote.
create table idempotency_keys (
    id bigint auto_increment primary key,
    caller varchar(1000) not null,
    `key` varchar(255) not null,
    issuer varchar(1000),
    subject varchar(255),
    request varbinary(32) not null,
    status integer not null,
    headers mediumtext not null,
    body longtext,
    created_at datetime(6) not null,
    -- An index has 3,072 bytes at most, and a caller may have 4,000.
    digest binary(32) as (unhex(sha2(concat(char_length(caller), ' ', caller, `key`), 256))) stored,
    unique index idempotency_keys_digest_idx (digest),
    index idempotency_keys_key_caller_idx (`key`(100), caller(100)),
    index idempotency_keys_caller_created_at_idx (caller(100), created_at),
    -- The oldest go first.
    index idempotency_keys_created_at_idx (created_at)
) engine InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;
--rollback drop table idempotency_keys;

--changeset byline:003-locks
-- Names that transactions have locked. A row is deleted by the transaction that inserts it, so nobody ever sees one.
create table locks (
    name binary(32) primary key
) engine InnoDB;
--rollback drop table locks;
