delete from fact
using unnest(?::bigint[], ?::bigint[]) as u (subject, id)
where fact.subject = u.subject and fact.id = u.id
