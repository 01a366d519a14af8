-- What a recipient asked for, sealed; the last one counts.
update orders o set redirect = u.redirect
from unnest(?::bigint[], ?::bytea[]) as u (id, redirect)
where o.id = u.id
