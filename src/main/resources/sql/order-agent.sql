-- Who signed for the recipient, sealed; the last one counts.
update orders o set agent = u.agent
from unnest(?::bigint[], ?::bytea[]) as u (id, agent)
where o.id = u.id
