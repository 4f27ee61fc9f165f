--liquibase formatted sql

--changeset byline:001-users
-- SQLite keeps the greatest id of each such table in its own table, sqlite_sequence, also where an id is written by hand. Times are
-- texts of one length, so that they sort by time. SQLite does not know the lengths of texts: the checks do.
create table if not exists users (
    id integer primary key autoincrement,
    name varchar(100) not null,
    age integer,
    issuer varchar(500),
    subject varchar(255),
    created_at timestamp default (strftime('%Y-%m-%dT%H:%M:%f000Z')) not null,
    updated_at timestamp default (strftime('%Y-%m-%dT%H:%M:%f000Z')) not null,
    version bigint default 0 not null,
    constraint users_name_check check (length(name) between 1 and 100),
    constraint users_age_check check (age between 0 and 150),
    constraint users_issuer_subject_check check ((issuer is null) = (subject is null)),
    constraint users_times_check check (
        created_at glob '????-??-??T??:??:??.??????Z' and updated_at glob '????-??-??T??:??:??.??????Z'
    )
);
insert into sqlite_sequence (name, seq) select 'users', 0 where not exists (select 1 from sqlite_sequence where name = 'users');
create unique index if not exists users_issuer_subject_idx on users (issuer, subject) where subject is not null;
--rollback drop table users;
