--liquibase formatted sql

-- Not built concurrently: that waits for the transactions of every other process that waits to migrate, and so for itself. Writes wait
-- while an index is built, which takes as long as the table needs. A table with many millions of rows wants these indexes, by these names,
-- made by hand before (create index if not exists concurrently): what is there stays.

--changeset byline:003-pg-trgm
-- Trusted since PostgreSQL 13: the owner of the database may create it.
create extension if not exists pg_trgm;
--rollback drop extension pg_trgm;

--changeset byline:003-users runInTransaction:false
set statement_timeout = 0;
create index if not exists users_name_id_idx on users (name, id);
create index if not exists users_created_at_id_idx on users (created_at, id);
create index if not exists users_name_trgm_idx on users using gin (name gin_trgm_ops);
reset statement_timeout;
--rollback drop index users_name_id_idx, users_created_at_id_idx, users_name_trgm_idx;

--changeset byline:003-posts runInTransaction:false
set statement_timeout = 0;
create index if not exists posts_title_id_idx on posts (title, id);
create index if not exists posts_created_at_id_idx on posts (created_at, id);
create index if not exists posts_updated_at_id_idx on posts (updated_at, id);
reset statement_timeout;
--rollback drop index posts_title_id_idx, posts_created_at_id_idx, posts_updated_at_id_idx;

--changeset byline:003-posts-contains runInTransaction:false
set statement_timeout = 0;
create index if not exists posts_title_trgm_idx on posts using gin (title gin_trgm_ops);
create index if not exists posts_content_trgm_idx on posts using gin (content gin_trgm_ops);
reset statement_timeout;
--rollback drop index posts_title_trgm_idx, posts_content_trgm_idx;
