select f.id, f.subject, coalesce(o.order_no, s.name) as about
from fact f
left join orders o on o.id = f.subject
left join subject s on s.id = f.subject
where f.source = ? and f.source_id = ?
