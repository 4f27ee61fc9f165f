--liquibase formatted sql

-- Whose key it is, in two columns, because issuer and subject joined by a space do not always say where the one ends: with several
-- issuers a person could have got the answer to somebody else. Until every process compares the two, rows of the version before come
-- without them, and `caller` stays what that version finds its rows by. The change set that contracts comes with the release after the next,
-- 24 hours after the last process of that version: it makes both columns not null and, with `key`, the primary key, and drops `caller`.

--changeset byline:007-idempotency-callers
alter table idempotency_keys
    add column issuer varchar(1000),
    add column subject varchar(255);
--rollback alter table idempotency_keys drop column issuer, drop column subject;

--changeset byline:007-idempotency-callers-backfill
-- In a transaction of its own, so that the table is not locked meanwhile. A caller with more than one space can be read in several ways:
-- its rows stay without, and their keys are refused for a day rather than answered.
set local statement_timeout = 0;
update idempotency_keys
set issuer = split_part(caller, ' ', 1), subject = split_part(caller, ' ', 2)
where issuer is null and caller like '% %' and caller not like '% % %';
--rollback update idempotency_keys set issuer = null, subject = null;
