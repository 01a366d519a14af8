select distinct f.source, f.source_id
from unnest(?::text[], ?::text[]) as u (source, source_id)
join fact f using (source, source_id)
