-- Numbers are given before the commit, so one may come after greater ones: looked for some way back.
select a.id, a.at, a.who, a.what, a.subject, a.reason, a.detail::text as detail
from audit a
where a.id > (select coalesce(max(audit_id), 0) - ? from audit_chain)
  and not exists (select from audit_chain c where c.audit_id = a.id)
order by a.id
limit ?
