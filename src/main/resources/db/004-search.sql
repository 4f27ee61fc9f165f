--liquibase formatted sql

-- The language of texts and of questions is said here and nowhere else, so that they cannot differ. It is chosen by the first
-- migration (byline.search.language). To choose another later, run these statements with it: drop column search, then what
-- follows with "create or replace function"; nobody reads or writes posts while the column is computed.

--changeset byline:004-search-query
--validCheckSum: ANY
create function search_query(text) returns tsquery language sql immutable parallel safe
    as $$ select websearch_to_tsquery('${searchLanguage}'::regconfig, $1) $$;
--rollback drop function search_query(text);

--changeset byline:004-search
--validCheckSum: ANY
-- PostgreSQL computes the column of every row that is there, and nobody reads or writes posts meanwhile.
set local statement_timeout = 0;
alter table posts add column search tsvector generated always as (
    setweight(to_tsvector('${searchLanguage}', title), 'A') || setweight(to_tsvector('${searchLanguage}', content), 'B')
) stored;
--rollback alter table posts drop column search;

--changeset byline:004-search-index runInTransaction:false
set statement_timeout = 0;
create index if not exists posts_search_idx on posts using gin (search);
reset statement_timeout;
--rollback drop index posts_search_idx;
