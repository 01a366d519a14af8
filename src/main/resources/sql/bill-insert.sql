insert into bill_line (bill, line, period, unit, waybill_no, amount, kept_at)
select ?, line, ?, ?, waybill_no, amount::numeric, ?::timestamptz
from unnest(?::bigint[], ?::text[], ?::text[]) as u (line, waybill_no, amount)
on conflict (bill, line) do nothing
