-- state + 0: found by key, never through the partial index of all open deadlines.
update deadline d
set state = 1, settled_at = hub_now()
from unnest(?::bigint[], ?::bigint[]) as u (subject, id)
where d.subject = u.subject and d.id = u.id and d.state + 0 = 0
returning d.subject, d.id, d.ladder, d.rung, d.due_at, d.reports
