insert into ledger (subject, id, book, line, turn, cause, reverses, unit, payer, amount, rule, price_row, happened_at, booked_at, period)
select subject, id, book, line, turn, cause, reverses, unit, payer, amount::numeric, rule, price_row, happened_at::timestamptz, booked_at::timestamptz, period
from unnest(?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
  as u (subject, id, book, line, turn, cause, reverses, unit, payer, amount, rule, price_row, happened_at, booked_at, period)
