-- What the hub itself would do, in the order of time: what its deadlines report, and what is owed because of a fact.
select f.recorded_at as at, coalesce(o.order_no, s.name) as about, f.name as what, '' as addressee, '{}' as args, f.name as because, f.id as n
from fact f left join orders o on o.id = f.subject left join subject s on s.id = f.subject
where f.source = 'kit'
union all
select greatest(e.planned_at, e.not_before), coalesce(o.order_no, s.name), e.door, e.addressee, e.args::text, f.name, e.id
from effect e join fact f on f.subject = e.subject and f.id = e.fact_id
left join orders o on o.id = e.subject left join subject s on s.id = e.subject
order by at, n
