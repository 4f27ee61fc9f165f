--liquibase formatted sql

--changeset byline:002-posts-id-seq
create table posts_id_seq (next_val bigint not null);
insert into posts_id_seq values (1);
--rollback drop table posts_id_seq;

--changeset byline:002-posts
create table posts (
    id bigint primary key,
    user_id bigint not null,
    title varchar(200) not null,
    content mediumtext not null,
    created_at datetime(6) default current_timestamp(6) not null,
    updated_at datetime(6) default current_timestamp(6) not null,
    version bigint default 0 not null,
    constraint posts_title_check check (title <> ''),
    constraint posts_content_check check (char_length(content) <= 100000),
    index posts_user_id_id_idx (user_id, id),
    index posts_title_id_idx (title, id),
    index posts_created_at_id_idx (created_at, id),
    index posts_updated_at_id_idx (updated_at, id),
    constraint posts_user_id_fkey foreign key (user_id) references users (id)
) engine InnoDB character set utf8mb4 collate utf8mb4_0900_bin;
--rollback drop table posts;

--changeset byline:002-posts-search
-- In lower case, because the collation tells É from é. Every word is found: the default leaves out stop words, and a search that demands one
-- would find nothing. A word has three characters or more (innodb_ft_min_token_size).
alter table posts add column search mediumtext as (lower(concat(title, '\n', content))) stored;
set innodb_ft_enable_stopword = off;
alter table posts add fulltext index posts_search_idx (search);
set innodb_ft_enable_stopword = default;
--rollback alter table posts drop column search;
