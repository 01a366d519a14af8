-- Newest first, from this number down.
select a.id, a.at, a.who, a.what, a.subject, o.order_no, a.reason, a.detail::text as detail, c.no
from audit a
left join audit_chain c on c.audit_id = a.id
left join orders o on o.id = a.subject
where a.id < ?
order by a.id desc
limit ?
