-- Lines that are there already and say something else.
select u.line
from unnest(?::bigint[], ?::text[], ?::text[]) as u (line, waybill_no, amount)
join bill_line b on b.bill = ? and b.line = u.line
where b.waybill_no <> u.waybill_no or b.amount <> u.amount::numeric or b.period <> ? or b.unit is distinct from ?
order by u.line
