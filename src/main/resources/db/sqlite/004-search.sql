--liquibase formatted sql

--changeset byline:004-search endDelimiter:/
-- The words of the posts, the column that counts more first. It keeps no texts: FTS5 reads them from posts. It knows the endings of
-- English words; other languages are searched by whole words (byline.search.tokenizer).
create virtual table if not exists posts_search using fts5(
    title, content, content = 'posts', content_rowid = 'id', tokenize = '${searchTokenizer}'
)
/
create trigger if not exists posts_search_insert after insert on posts begin
    insert into posts_search (rowid, title, content) values (new.id, new.title, new.content);
end
/
create trigger if not exists posts_search_update after update of title, content on posts begin
    insert into posts_search (posts_search, rowid, title, content) values ('delete', old.id, old.title, old.content);
    insert into posts_search (rowid, title, content) values (new.id, new.title, new.content);
end
/
create trigger if not exists posts_search_delete after delete on posts begin
    insert into posts_search (posts_search, rowid, title, content) values ('delete', old.id, old.title, old.content);
end
/
--rollback drop trigger posts_search_insert;
--rollback drop trigger posts_search_update;
--rollback drop trigger posts_search_delete;
--rollback drop table posts_search;
