with s as (select ?::bigint as id, ?::jsonb as s),
closed as (
  insert into ladder_closed (subject, ladder, closed_at, recorded_at)
  select s.id, c ->> 'ladder', (c ->> 'at')::timestamptz, (c ->> 'recordedAt')::timestamptz
  from s cross join lateral jsonb_array_elements(s.s -> 'closed') as c),
fired as (
  insert into deadline_done (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, state, opened_at, settled_at)
  select s.id, nextval('songda_id'), c ->> 'ladder', c ->> 'rung', '', 0, o, o, '', 'FIRED', o, o
  from s cross join lateral jsonb_array_elements(s.s -> 'fired') as c cross join lateral (select (c ->> 'openedAt')::timestamptz as o) t)
insert into deadline (subject, id, ladder, rung, version, opened_by, from_at, due_at, reports, covered_by, provisional, state, opened_at)
select s.id, nextval('songda_id'), d ->> 'ladder', d ->> 'rung', d ->> 'version', 0, (d ->> 'from')::timestamptz, (d ->> 'due')::timestamptz,
  d ->> 'reports', d ->> 'coveredBy', (d ->> 'provisional')::boolean, (d ->> 'state')::smallint, (d ->> 'openedAt')::timestamptz
from s cross join lateral jsonb_array_elements(s.s -> 'deadlines') as d
