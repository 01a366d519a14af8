update deadline d
set state = 2, settled_at = hub_now(), settled_by = u.fact
from unnest(?::bigint[], ?::bigint[], ?::text[]) as u (subject, fact, ladder)
where d.subject = u.subject and d.ladder = u.ladder and d.state = 0
