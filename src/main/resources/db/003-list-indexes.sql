--liquibase formatted sql

-- Built while the old version serves and writes, so outside a transaction. What a build that was interrupted leaves behind is an
-- invalid index of the same name, which goes first. A build takes as long as the table needs: it has no statement timeout.

--changeset byline:003-pg-trgm
-- Trusted since PostgreSQL 13: the owner of the database may create it.
create extension if not exists pg_trgm;
--rollback drop extension pg_trgm;

--changeset byline:003-users runInTransaction:false
set statement_timeout = 0;
drop index concurrently if exists users_name_id_idx;
create index concurrently users_name_id_idx on users (name, id);
drop index concurrently if exists users_created_at_id_idx;
create index concurrently users_created_at_id_idx on users (created_at, id);
drop index concurrently if exists users_name_trgm_idx;
create index concurrently users_name_trgm_idx on users using gin (name gin_trgm_ops);
reset statement_timeout;
--rollback drop index users_name_id_idx, users_created_at_id_idx, users_name_trgm_idx;

--changeset byline:003-posts runInTransaction:false
set statement_timeout = 0;
drop index concurrently if exists posts_title_id_idx;
create index concurrently posts_title_id_idx on posts (title, id);
drop index concurrently if exists posts_created_at_id_idx;
create index concurrently posts_created_at_id_idx on posts (created_at, id);
drop index concurrently if exists posts_updated_at_id_idx;
create index concurrently posts_updated_at_id_idx on posts (updated_at, id);
reset statement_timeout;
--rollback drop index posts_title_id_idx, posts_created_at_id_idx, posts_updated_at_id_idx;

--changeset byline:003-posts-contains runInTransaction:false
set statement_timeout = 0;
drop index concurrently if exists posts_title_trgm_idx;
create index concurrently posts_title_trgm_idx on posts using gin (title gin_trgm_ops);
drop index concurrently if exists posts_content_trgm_idx;
create index concurrently posts_content_trgm_idx on posts using gin (content gin_trgm_ops);
reset statement_timeout;
--rollback drop index posts_title_trgm_idx, posts_content_trgm_idx;
