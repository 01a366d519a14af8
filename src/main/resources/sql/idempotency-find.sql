select i.client, i.key, i.body_hash
from idempotency i join unnest(?::text[], ?::text[]) as u (client, key) using (client, key)
