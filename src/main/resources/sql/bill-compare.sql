-- A bill beside the book of postage of its month, what senders pay, by waybill.
with asked as (select ?::text as bill),
bill as (
  select min(period) as period, min(unit) as unit from bill_line, asked where bill_line.bill = asked.bill),
theirs as (
  select waybill_no, count(*) as times, (array_agg(amount order by line))[1] as amount, sum(amount) as charged, min(line) as line
  from bill_line, asked where bill_line.bill = asked.bill group by waybill_no),
before as (
  select distinct b.waybill_no from bill_line b, asked
  where b.bill <> asked.bill and b.waybill_no in (select waybill_no from theirs)
    and b.kept_at < (select min(kept_at) from bill_line x where x.bill = asked.bill)),
ours as (
  select o.waybill_no, min(o.order_no) as order_no, sum(l.amount) as amount
  from ledger l join orders o on o.id = l.subject, bill
  where l.book = 'POSTAGE' and l.payer = 'SENDER' and l.period = bill.period and (bill.unit is null or l.unit = bill.unit)
  group by o.id, o.waybill_no)
select coalesce(t.waybill_no, u.waybill_no) as waybill_no, u.order_no, t.line, t.amount as theirs, t.charged, u.amount as ours, coalesce(t.times, 0) as times,
  case
    when b.waybill_no is not null then 'BILLED_BEFORE'
    when t.times > 1 then 'DUPLICATE'
    when u.amount is null then 'MISSING_HERE'
    when t.amount is null then 'MISSING_THERE'
    when t.amount <> u.amount then 'DIFFERENT'
    else 'MATCHED'
  end as finding
from theirs t
full join (select * from ours where amount <> 0 or waybill_no in (select waybill_no from theirs)) u on u.waybill_no = t.waybill_no
left join before b on b.waybill_no = t.waybill_no
order by t.line nulls last, waybill_no
