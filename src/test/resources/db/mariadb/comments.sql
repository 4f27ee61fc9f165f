--liquibase formatted sql

--changeset test:comments-id-seq
create sequence comments_id_seq increment by 50;
--rollback drop sequence comments_id_seq;

--changeset test:comments
create table comments (
    id bigint primary key,
    post_id bigint not null,
    user_id bigint not null,
    `text` varchar(1000) not null check (`text` <> ''),
    created_at datetime(6) default current_timestamp(6) not null,
    updated_at datetime(6) default current_timestamp(6) not null,
    version bigint default 0 not null,
    search text as (lower(`text`)) stored,
    index comments_post_id_id_idx (post_id, id),
    index comments_user_id_id_idx (user_id, id),
    fulltext index comments_search_idx (search),
    constraint comments_post_id_fkey foreign key (post_id) references posts (id),
    constraint comments_user_id_fkey foreign key (user_id) references users (id)
) engine InnoDB character set utf8mb4 collate utf8mb4_nopad_bin;
--rollback drop table comments;
