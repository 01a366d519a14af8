-- How often something was counted at other orders of the same recipient, whose phone is the same (A14).
select u.id, u.counted, sum((e.detail ->> u.counted)::int)
from (select distinct id, counted from unnest(?::bigint[], ?::text[]) as u (id, counted)) u
join orders o on o.id = u.id
join orders e on e.phone_hash = o.phone_hash and e.id <> o.id and jsonb_exists(e.detail, u.counted)
group by u.id, u.counted
