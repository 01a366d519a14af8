insert into subject (id, name)
select * from unnest(?::bigint[], ?::text[]) as u (id, name) order by name
on conflict (name) do nothing
