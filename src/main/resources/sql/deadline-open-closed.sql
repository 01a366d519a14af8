-- Opened and closed by facts of one recording: it never was open.
insert into deadline_done (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, settled_at, settled_by)
select subject, id, ladder, rung, version, opened_by, from_at::timestamptz, due_at::timestamptz, reports, 'CLOSED', hub_now(), hub_now(), opened_by
from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
  as u (subject, id, opened_by, ladder, rung, version, from_at, due_at, reports)
