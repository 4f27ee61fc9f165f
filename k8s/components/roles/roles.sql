-- Byline's two roles and what each may do. Run it once as a superuser in the database byline; running it again changes
-- nothing. Passwords are set elsewhere: they do not belong in a ConfigMap.
--
-- byline_owner owns the schema and migrates it. byline_app is the service: it reads and writes rows, and nothing else.
do $$
begin
    if not exists (select from pg_roles where rolname = 'byline_owner') then
        create role byline_owner login;
    end if;
    if not exists (select from pg_roles where rolname = 'byline_app') then
        create role byline_app login;
    end if;
end
$$;

-- By default everyone may connect and make temporary tables.
revoke all on database byline from public;
alter database byline owner to byline_owner;
grant connect on database byline to byline_app;

revoke create on schema public from public;
grant create, usage on schema public to byline_owner;
grant usage on schema public to byline_app;

-- What the owner creates from now on: every migration needs no grants of its own.
alter default privileges for role byline_owner in schema public grant select, insert, update, delete on tables to byline_app;
alter default privileges for role byline_owner in schema public grant usage, select on sequences to byline_app;

-- Limits live on the role, because options of a connection do not survive a transaction pooler.
-- A statement gets 10 s, below the service's 20 s for a transaction: the server gives up first, and says so.
alter role byline_app set statement_timeout = '10s';
alter role byline_app set lock_timeout = '2s';
-- A client that went away in the middle must not keep its locks, nor its server connection.
alter role byline_app set idle_in_transaction_session_timeout = '10s';

-- A migration that waits for a lock makes every later reader of the table wait behind it: rather fail, and let the Job try
-- again. Its statements themselves may take as long as they need.
alter role byline_owner set lock_timeout = '5s';
alter role byline_owner set statement_timeout = 0;
alter role byline_owner set idle_in_transaction_session_timeout = '5min';
