insert into fact (subject, id, name, source, source_id, happened_at, recorded_at, data, correlation, configuration)
select subject, id, name, source, source_id, happened_at::timestamptz, hub_now(), data::jsonb, correlation, configuration
from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
  as u (subject, id, name, source, source_id, happened_at, data, correlation, configuration)
on conflict (source, source_id) do nothing
returning id
