select o.id, o.order_no, o.client, o.body_hash
from orders o join unnest(?::text[], ?::text[]) as u (order_no, client) using (order_no, client)
