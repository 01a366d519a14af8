-- How many are chased, by county, by where they stand and by how many whole days.
select o.county, o.anomaly, o.receipt_stage,
  least(3, greatest(0, floor(extract(epoch from
    hub_now() - (case when anomaly <> 'NONE' and anomaly <> 'RESOLVED' then anomaly_at else receipt_at end)) / 86400)))::int as days,
  count(*) as chases
from orders o
where anomaly <> 'NONE' and anomaly <> 'RESOLVED' or receipt_stage in ('OVERDUE', 'WRONG', 'LATE', 'LOST', 'DAMAGED')
group by 1, 2, 3, 4
