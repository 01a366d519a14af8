-- One day of business time by the county of the office.
with of_day as (
  select subject, name from fact
  where recorded_at >= ?::timestamptz and recorded_at < ?::timestamptz
    and name in ('order.received', 'parcel.delivered', 'receipt.returned', 'receipt.overdue',
      'anomaly.reached-level-3', 'anomaly.reached-level-2', 'anomaly.reached-level-1'))
select o.county,
  count(*) filter (where name = 'order.received') as orders,
  count(*) filter (where name = 'parcel.delivered') as delivered,
  count(*) filter (where name = 'receipt.returned') as receipts,
  count(*) filter (where name = 'receipt.overdue') as overdue,
  count(*) filter (where name = 'anomaly.reached-level-3') as level3,
  count(*) filter (where name = 'anomaly.reached-level-2') as level2,
  count(*) filter (where name = 'anomaly.reached-level-1') as level1
from of_day join orders o on o.id = of_day.subject
group by o.county order by o.county
