--liquibase formatted sql

-- Renames posts.content to posts.body, first half (k8s/README.md). The release with these change sets reads and writes body, and the release
-- before it content, at the same time.

--changeset byline:rename-1-copy splitStatements:false
-- A column without a default changes no row, so the lock is held for a moment. Waiting for it, less than the 2 s for which the service waits
-- for a lock: if a long transaction is in the way, this fails and is tried again by the Job, and the requests that wait behind it succeed.
set local lock_timeout = '1s';
-- It gets its name when it is complete: until then the pods of the new version find no body, and wait.
alter table posts add column body_incomplete text;
create function posts_body() returns trigger language plpgsql as $$
begin
    new.body_incomplete := new.content;
    return new;
end $$;
create trigger posts_body before insert or update on posts for each row execute function posts_body();
--rollback drop trigger posts_body on posts; drop function posts_body(); alter table posts drop column body_incomplete;

--changeset byline:rename-2-backfill runInTransaction:false endDelimiter:;;
-- A commit for every thousand rows, so that a writer waits for one batch at most. Run again after a failure, it goes on where it was.
set statement_timeout = 0;;
do $$
declare
    last bigint := 0;
    next bigint;
begin
    loop
        select max(id) into next from (select id from posts where id > last order by id limit 1000) batch;
        exit when next is null;
        update posts set body_incomplete = content where id > last and id <= next and body_incomplete is null;
        commit;
        last := next;
    end loop;
end $$;;
reset statement_timeout;;
--rollback empty

--changeset byline:rename-3-body splitStatements:false rollbackSplitStatements:false
--preconditions onFail:HALT
--precondition-sql-check expectedResult:0 select count(*) from posts where body_incomplete is null
set local lock_timeout = '1s';
alter table posts rename column body_incomplete to body;
-- A version writes only the column that it knows.
create or replace function posts_body() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.content is null or tg_op = 'UPDATE' and new.body is distinct from old.body then
        new.content := new.body;
    else
        new.body := new.content;
    end if;
    return new;
end $$;
/* liquibase rollback
alter table posts rename column body to body_incomplete;
create or replace function posts_body() returns trigger language plpgsql as $$
begin
    new.body_incomplete := new.content;
    return new;
end $$;
*/
