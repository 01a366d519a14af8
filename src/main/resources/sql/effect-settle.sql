-- state || '': found by key, never through the partial index of all that are under way, which statistics of a quiet hour call empty.
update effect e
set state = u.state, reason = u.reason, next_attempt_at = now() + u.wait::interval, changed_at = clock_timestamp()
from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[]) as u (subject, id, attempt, state, reason, wait)
where e.subject = u.subject and e.id = u.id and e.attempt = u.attempt and e.state || '' in ('SENDING', 'UNKNOWN')
returning exists (select from effect l where l.subject = e.subject and l.door = e.door and l.id > e.id and l.state = 'PENDING')
