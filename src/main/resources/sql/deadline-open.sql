insert into deadline (subject, id, opened_by, ladder, rung, version, due_at, reports, covered_by, state, opened_at, settled_at, settled_by)
select subject, id, opened_by, ladder, rung, version, due_at::timestamptz, reports, covered_by, state, hub_now(),
  case state when 2 then hub_now() end, case state when 2 then opened_by end
from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
  as u (subject, id, opened_by, ladder, rung, version, due_at, reports, covered_by, state)
on conflict (subject, ladder, rung, opened_by) do nothing
