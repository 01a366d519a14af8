insert into idempotency (client, key, body_hash, order_no)
select * from unnest(?::text[], ?::text[], ?::bytea[], ?::text[]) as u (client, key, body_hash, order_no) order by 1, 2
on conflict do nothing
