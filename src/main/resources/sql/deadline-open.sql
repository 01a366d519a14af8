-- Closed at once where a later fact has closed the ladder already: events may be recorded out of order.
insert into deadline (subject, id, opened_by, ladder, rung, version, due_at, reports, covered_by, state, opened_at, settled_at, settled_by)
select subject, id, opened_by, ladder, rung, version, due_at::timestamptz, reports, covered_by, s.state, hub_now(),
  case s.state when 2 then hub_now() end, case s.state when 2 then opened_by end
from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::bigint[])
  as u (subject, id, opened_by, ladder, rung, version, due_at, reports, covered_by, planned)
cross join lateral (
  select case when exists (
      select from ladder_closed c join fact f on f.subject = u.subject and f.id = u.opened_by
      where c.subject = u.subject and c.ladder = u.ladder and c.closed_at > f.happened_at)
    then 2 else planned end as state) s
on conflict (subject, ladder, rung, opened_by) do nothing
