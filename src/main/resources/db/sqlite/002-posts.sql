--liquibase formatted sql

--changeset byline:002-posts
create table if not exists posts (
    id integer primary key autoincrement,
    user_id bigint not null,
    title varchar(200) not null,
    content text not null,
    created_at timestamp default (strftime('%Y-%m-%dT%H:%M:%f000Z')) not null,
    updated_at timestamp default (strftime('%Y-%m-%dT%H:%M:%f000Z')) not null,
    version bigint default 0 not null,
    constraint posts_user_id_fkey foreign key (user_id) references users (id),
    constraint posts_title_check check (length(title) between 1 and 200),
    constraint posts_content_check check (length(content) <= 100000),
    constraint posts_times_check check (
        created_at glob '????-??-??T??:??:??.??????Z' and updated_at glob '????-??-??T??:??:??.??????Z'
    )
);
insert into sqlite_sequence (name, seq) select 'posts', 0 where not exists (select 1 from sqlite_sequence where name = 'posts');
-- A user's posts in order of their ids, which end every entry of an index; it also finds the posts that keep a user from being deleted.
create index if not exists posts_user_id_idx on posts (user_id);
--rollback drop table posts;

--changeset byline:002-posts-user-id endDelimiter:/
-- SQLite does not say which foreign key is violated. These say it, in the words in which SQLite names a unique constraint.
create trigger if not exists posts_user_id_insert before insert on posts
when not exists (select 1 from users where id = new.user_id)
begin select raise(abort, 'FOREIGN KEY constraint failed: posts.user_id'); end
/
create trigger if not exists posts_user_id_update before update of user_id on posts
when not exists (select 1 from users where id = new.user_id)
begin select raise(abort, 'FOREIGN KEY constraint failed: posts.user_id'); end
/
create trigger if not exists posts_user_id_delete before delete on users
when exists (select 1 from posts where user_id = old.id)
begin select raise(abort, 'FOREIGN KEY constraint failed: posts.user_id'); end
/
--rollback drop trigger posts_user_id_insert;
--rollback drop trigger posts_user_id_update;
--rollback drop trigger posts_user_id_delete;
