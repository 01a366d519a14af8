-- state || '': found by key, never through the partial index of all that are under way, which statistics of a quiet hour call empty.
update effect e
set state = 'PENDING', changed_at = clock_timestamp()
from unnest(?::bigint[], ?::bigint[]) as u (subject, id)
where e.subject = u.subject and e.id = u.id and e.state || '' = 'RELAYED'
