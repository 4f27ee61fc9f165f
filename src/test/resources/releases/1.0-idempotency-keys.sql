-- What the version before change set 007 sends: it knows no issuer and no subject.
select pg_try_advisory_xact_lock(hashtextextended('idempotency_keys' || chr(10) || 'https://issuer.example ada' || chr(10) || 'k', 0));
insert into idempotency_keys (body,created_at,headers,request,status,caller,key) values ('{}',now(),'','',201,'https://issuer.example ada','k');
select i.caller,i.key,i.body,i.created_at,i.headers,i.request,i.status from idempotency_keys i where i.caller='https://issuer.example ada' and i.key='k' fetch first 1 rows only;
delete from idempotency_keys where (caller, key) in (select caller, key from idempotency_keys where created_at < now() order by created_at limit 1000 for update skip locked);
