--liquibase formatted sql

--changeset byline:002-posts
create sequence posts_id_seq increment by 50;
create table posts (
    id bigint default nextval('posts_id_seq') primary key,
    user_id bigint not null,
    title varchar(200) not null,
    content text not null,
    created_at timestamptz default now() not null,
    updated_at timestamptz default now() not null,
    version bigint default 0 not null,
    constraint posts_user_id_fkey foreign key (user_id) references users (id),
    constraint posts_title_check check (title <> ''),
    constraint posts_content_check check (char_length(content) <= 100000)
);
alter sequence posts_id_seq owned by posts.id;
-- A user's posts in order of their ids; it also finds the posts that keep a user from being deleted.
create index posts_user_id_id_idx on posts (user_id, id);
--rollback drop table posts;
