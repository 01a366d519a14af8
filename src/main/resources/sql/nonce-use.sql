insert into nonce (key_id, nonce)
select key_id, nonce from unnest(?::text[], ?::text[]) as u (key_id, nonce) order by 1, 2
on conflict do nothing
returning key_id, nonce
