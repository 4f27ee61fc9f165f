--liquibase formatted sql

--changeset byline:005-user-owners
-- Who a user belongs to: the issuer and the subject of her tokens. Null for users that are nobody's, as all were before.
alter table users
    add column issuer varchar(500),
    add column subject varchar(255),
    add constraint users_issuer_subject_check check ((issuer is null) = (subject is null));
-- Building it reads only rows with an owner, of which there is none yet.
create unique index users_issuer_subject_idx on users (issuer, subject) where subject is not null;
--rollback alter table users drop column issuer, drop column subject;
