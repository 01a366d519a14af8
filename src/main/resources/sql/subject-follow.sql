update subject s
set detail = u.detail::jsonb
from unnest(?::bigint[], ?::text[]) as u (id, detail)
where s.id = u.id
