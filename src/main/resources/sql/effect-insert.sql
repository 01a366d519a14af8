insert into effect (subject, id, fact_id, door, addressee, args, planned_at, not_before)
select subject, id, fact_id, door, addressee, args::jsonb, hub_now(), not_before::timestamptz
from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[])
  as u (subject, id, fact_id, door, addressee, args, not_before)
on conflict (subject, fact_id, door, addressee) do nothing
