insert into fact (subject, id, name, source, source_id, happened_at, recorded_at, data, correlation)
select subject, id, name, source, source_id, happened_at::timestamptz, hub_now(), data::jsonb, correlation
from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
  as u (subject, id, name, source, source_id, happened_at, data, correlation)
on conflict (source, source_id) do nothing
returning id
