--liquibase formatted sql

--changeset byline:001-users
-- Ids are taken in blocks of 50, so that an insert need not ask for each (Hibernate's pooled-lo optimizer: the value is the block's first).
create sequence users_id_seq increment by 50;
create table users (
    id bigint default nextval('users_id_seq') primary key,
    name varchar(100) not null,
    age integer,
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null,
    version bigint default 0 not null,
    constraint users_name_check check (name <> ''),
    constraint users_age_check check (age between 0 and 150)
);
alter sequence users_id_seq owned by users.id;
--rollback drop table users;
