-- The subject's row first, as everywhere.
with o as (select id from orders where id = ? for update), s as (select id from subject where id = ? for update)
select id from o union all select id from s
