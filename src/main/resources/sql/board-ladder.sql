-- Who holds how many at which level, and when the first of them must be finished.
with escalated as (
  select o.id, o.county, o.anomaly from orders o
  where (anomaly <> 'NONE' and anomaly <> 'RESOLVED' or receipt_stage in ('OVERDUE', 'WRONG', 'LATE', 'LOST', 'DAMAGED'))
    and o.anomaly like 'LEVEL%')
select e.anomaly, h.addressee as holder, count(*) as chases, min(u.due_at) as until
from escalated e
left join lateral (
  select f.addressee from effect f
  where f.subject = e.id and e.anomaly = 'LEVEL' || (f.args ->> 'level')
  order by f.id desc limit 1) h on true
left join lateral (
  select d.due_at from deadline d where d.subject = e.id and d.ladder = 'finish-level-' || substr(e.anomaly, 6) order by d.due_at limit 1) u on true
group by e.anomaly, h.addressee
order by e.anomaly, chases desc
