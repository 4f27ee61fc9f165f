--liquibase formatted sql

--changeset test:comments endDelimiter:/
create table if not exists comments (
    id integer primary key autoincrement,
    post_id bigint not null constraint comments_post_id_fkey references posts (id),
    user_id bigint not null constraint comments_user_id_fkey references users (id),
    text varchar(1000) not null check (text <> ''),
    created_at timestamp not null,
    updated_at timestamp not null,
    version bigint default 0 not null
)
/
insert into sqlite_sequence (name, seq) select 'comments', 0 where not exists (select 1 from sqlite_sequence where name = 'comments')
/
create index if not exists comments_post_id_idx on comments (post_id)
/
create index if not exists comments_user_id_idx on comments (user_id)
/
create trigger if not exists comments_post_id_insert before insert on comments
when not exists (select 1 from posts where id = new.post_id)
begin select raise(abort, 'FOREIGN KEY constraint failed: comments.post_id'); end
/
create trigger if not exists comments_post_id_update before update of post_id on comments
when not exists (select 1 from posts where id = new.post_id)
begin select raise(abort, 'FOREIGN KEY constraint failed: comments.post_id'); end
/
create trigger if not exists comments_post_id_delete before delete on posts
when exists (select 1 from comments where post_id = old.id)
begin select raise(abort, 'FOREIGN KEY constraint failed: comments.post_id'); end
/
create trigger if not exists comments_user_id_insert before insert on comments
when not exists (select 1 from users where id = new.user_id)
begin select raise(abort, 'FOREIGN KEY constraint failed: comments.user_id'); end
/
create trigger if not exists comments_user_id_update before update of user_id on comments
when not exists (select 1 from users where id = new.user_id)
begin select raise(abort, 'FOREIGN KEY constraint failed: comments.user_id'); end
/
create trigger if not exists comments_user_id_delete before delete on users
when exists (select 1 from comments where user_id = old.id)
begin select raise(abort, 'FOREIGN KEY constraint failed: comments.user_id'); end
/
create virtual table if not exists comments_search using fts5(
    text, content = 'comments', content_rowid = 'id', tokenize = '${searchTokenizer}'
)
/
create trigger if not exists comments_search_insert after insert on comments begin
    insert into comments_search (rowid, text) values (new.id, new.text);
end
/
create trigger if not exists comments_search_update after update of text on comments begin
    insert into comments_search (comments_search, rowid, text) values ('delete', old.id, old.text);
    insert into comments_search (rowid, text) values (new.id, new.text);
end
/
create trigger if not exists comments_search_delete after delete on comments begin
    insert into comments_search (comments_search, rowid, text) values ('delete', old.id, old.text);
end
/
--rollback drop table comments;
