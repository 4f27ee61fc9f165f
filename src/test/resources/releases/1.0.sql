-- What version 1.0 sends, with values for its parameters. A released file is never edited: a later version adds its own.
select nextval('users_id_seq');
insert into users (age,created_at,name,updated_at,version,id) values (30,now(),'John Doe',now(),0,1);
select nextval('posts_id_seq');
insert into posts (content,created_at,title,updated_at,user_id,version,id) values ('My first post.',now(),'Hello',now(),1,0,1);
select u.id,u.age,u.created_at,u.name,u.updated_at,u.version from users u order by u.id offset 0 rows fetch first 20 rows only;
select u.id,u.age,u.created_at,u.name,u.updated_at,u.version from users u where u.id=1 for no key update;
update users set age=31,created_at=now(),name='John Doe',updated_at=now(),version=1 where id=1 and version=0;
select p.id,p.content,p.created_at,p.title,p.updated_at,u.id,u.age,u.created_at,u.name,u.updated_at,u.version,p.version from posts p join users u on u.id=p.user_id where p.user_id=1 order by p.id;
select p.id,p.content,p.created_at,p.title,p.updated_at,p.user_id,p.version from users u join lateral (select o.id from posts o where o.user_id=u.id order by o.id desc fetch first 10 rows only) n on true join posts p on p.id=n.id where u.id in (1) order by p.id desc;
update posts set content='New',created_at=now(),title='New',updated_at=now(),user_id=1,version=1 where id=1 and version=0;
delete from posts where id=1 and version=1;
delete from users where id=1 and version=1;
