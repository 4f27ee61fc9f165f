--liquibase formatted sql

-- The collation compares texts as PostgreSQL does: by code point, so that case, accents and spaces at the end count. Times are in UTC.

--changeset byline:001-users-id-seq
-- MySQL has no sequences. Ids are taken in blocks of 50, so that an insert need not ask for each (Hibernate's pooled-lo optimizer: the value is the
-- first of the next block).
create table users_id_seq (next_val bigint not null);
insert into users_id_seq values (1);
--rollback drop table users_id_seq;

--changeset byline:001-users
create table users (
    id bigint primary key,
    name varchar(100) not null,
    age integer,
    issuer varchar(500),
    subject varchar(255),
    created_at datetime(6) default current_timestamp(6) not null,
    updated_at datetime(6) default current_timestamp(6) not null,
    version bigint default 0 not null,
    constraint users_name_check check (name <> ''),
    constraint users_age_check check (age between 0 and 150),
    constraint users_issuer_subject_check check ((issuer is null) = (subject is null)),
    unique index users_issuer_subject_idx (issuer, subject),
    index users_name_id_idx (name, id),
    index users_created_at_id_idx (created_at, id)
) engine InnoDB character set utf8mb4 collate utf8mb4_0900_bin;
--rollback drop table users;
