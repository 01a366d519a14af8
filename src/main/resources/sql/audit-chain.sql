select c.no, c.audit_id, c.hash, a.id, a.at, a.who, a.what, a.subject, a.reason, a.detail::text as detail
from audit_chain c left join audit a on a.id = c.audit_id
order by c.no
