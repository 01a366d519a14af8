-- One day of business time in numbers, and what is open now.
with day as (
  select name, count(*) as facts from fact
  where recorded_at >= ?::timestamptz and recorded_at < ?::timestamptz
  group by name),
counted as (
  select
    coalesce(sum(facts) filter (where name = 'order.received'), 0) as orders,
    coalesce(sum(facts) filter (where name = 'parcel.delivered'), 0) as delivered,
    coalesce(sum(facts) filter (where name = 'receipt.returned'), 0) as receipts,
    coalesce(sum(facts) filter (where name = 'receipt.overdue'), 0) as overdue,
    coalesce(sum(facts) filter (where name like 'anomaly.reached-%'), 0) as escalated
  from day)
select counted.*,
  (select count(*) from deadline) as open,
  (select count(*) from effect where state = 'DEAD' or state = 'UNKNOWN') as person,
  (select count(*) from dead_letter where state = 'OPEN') as letters
from counted
