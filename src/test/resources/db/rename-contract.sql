--liquibase formatted sql

-- Renames posts.content to posts.body, second half (k8s/README.md): in the release after the one of rename-expand.sql.

--changeset byline:rename-4-contract splitStatements:false rollbackSplitStatements:false
--preconditions onFail:HALT
--precondition-sql-check expectedResult:0 select count(*) from posts where body is distinct from content
set local lock_timeout = '1s';
drop trigger posts_body on posts;
drop function posts_body();
-- Both columns have the same texts. The older one stays, under the new name: the column of the search, the check and `not null` depend on it, so
-- none of them is computed again.
alter table posts drop column body;
alter table posts rename column content to body;
alter table posts rename constraint posts_content_check to posts_body_check;
-- Its rollback copies all rows in one transaction, and writers wait. Liquibase joins the lines of such a block, so it has no comments.
/* liquibase rollback
alter table posts rename constraint posts_body_check to posts_content_check;
alter table posts rename column body to content;
alter table posts add column body text;
update posts set body = content;
create function posts_body() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' and new.content is null or tg_op = 'UPDATE' and new.body is distinct from old.body then
        new.content := new.body;
    else
        new.body := new.content;
    end if;
    return new;
end $$;
create trigger posts_body before insert or update on posts for each row execute function posts_body();
*/
