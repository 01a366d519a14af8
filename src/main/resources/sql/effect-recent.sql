-- What the newest facts owe at these doors, as a claim gives it to a door. The index of the facts' stream finds them; effects have none by time.
select e.subject, e.id, e.fact_id, e.door, e.addressee, e.args, e.attempt, e.asked, e.sent_at,
       f.name as fact_name, f.source_id, f.source, f.happened_at, f.data as fact_data, f.correlation, s.name as about, o.*
from (select * from fact order by xid desc, id desc limit ?) f
join effect e on e.subject = f.subject and e.fact_id = f.id and e.door = any (?)
left join orders o on o.id = e.subject
left join subject s on o.id is null and s.id = e.subject
limit ?
