-- Orders whose facts contradict each other, and nobody has said yet which of them holds: longest first.
select o.id, o.order_no, o.waybill_no, o.county, o.stage, o.receipt_stage, o.anomaly, c.since, count(*) over () as many
from (select subject, max(id) as last, min(happened_at) as since from fact where name = 'track.contradicted' group by subject) c
join orders o on o.id = c.subject
where not exists (select from fact r where r.subject = c.subject and r.name = 'track.reconciled' and r.id > c.last)
order by c.since, o.id
limit ?
