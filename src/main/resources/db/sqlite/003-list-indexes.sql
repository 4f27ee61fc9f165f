--liquibase formatted sql

-- Every entry of an index ends with the id, so an order by one of these columns, then by the id, needs no other.

--changeset byline:003-users
create index if not exists users_name_idx on users (name);
create index if not exists users_created_at_idx on users (created_at);
--rollback drop index users_name_idx;
--rollback drop index users_created_at_idx;

--changeset byline:003-posts
create index if not exists posts_title_idx on posts (title);
create index if not exists posts_created_at_idx on posts (created_at);
create index if not exists posts_updated_at_idx on posts (updated_at);
--rollback drop index posts_title_idx;
--rollback drop index posts_created_at_idx;
--rollback drop index posts_updated_at_idx;
