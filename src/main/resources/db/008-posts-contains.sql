--liquibase formatted sql

--changeset byline:008-posts-contains
-- It was half of the work of every write of a post. The search answers what it was for; only parts of words are no longer found.
drop index if exists posts_content_trgm_idx;
--rollback create index if not exists posts_content_trgm_idx on posts using gin (content gin_trgm_ops);
