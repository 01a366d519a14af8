insert into orders (id, client, order_no, body_hash, county, dest_county, payer, receipt, service, stage, stage_at, detail,
  recipient_name, recipient_phone, recipient_id_no, recipient_address, sender_name, sender_phone, sender_address, more,
  phone_hash, phone_tail_hash, received_at)
select id, client, order_no, body_hash, county, dest_county, payer, receipt, service, stage, stage_at::timestamptz, detail::jsonb,
  recipient_name, recipient_phone, recipient_id_no, recipient_address, sender_name, sender_phone, sender_address, more,
  phone_hash, phone_tail_hash, hub_now()
from unnest(?::bigint[], ?::text[], ?::text[], ?::bytea[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[],
    ?::text[], ?::text[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[], ?::bytea[])
  as u (id, client, order_no, body_hash, county, dest_county, payer, receipt, service, stage,
    stage_at, detail, recipient_name, recipient_phone, recipient_id_no, recipient_address, sender_name, sender_phone, sender_address, more,
    phone_hash, phone_tail_hash)
order by order_no, client
on conflict (order_no, client) do nothing
returning id
