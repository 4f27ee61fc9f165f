--liquibase formatted sql

--changeset test:comments
create sequence comments_id_seq increment by 50;
create table comments (
    id bigint default nextval('comments_id_seq') primary key,
    post_id bigint not null constraint comments_post_id_fkey references posts (id),
    user_id bigint not null constraint comments_user_id_fkey references users (id),
    text varchar(1000) not null check (text <> ''),
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null,
    version bigint default 0 not null,
    search tsvector generated always as (to_tsvector('english', text)) stored
);
alter sequence comments_id_seq owned by comments.id;
create index comments_post_id_id_idx on comments (post_id, id);
create index comments_user_id_id_idx on comments (user_id, id);
--rollback drop table comments;
