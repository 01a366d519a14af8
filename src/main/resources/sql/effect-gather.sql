-- What else is due for this person at this door goes in the same message: parameters are the leader's number, the numbers that were
-- claimed together with it, door and addressee.
with gathered as (
  update effect e
  set state = 'SENDING', attempt = e.attempt + case e.state when 'SENDING' then 0 else 1 end, bundle = ?, changed_at = clock_timestamp()
  where e.door = ? and e.addressee = ? and e.id <> ?
    and (e.id = any (?) and e.state = 'SENDING'
      or e.state in ('PENDING', 'RELAYED', 'RETRY') and e.not_before is not null and e.not_before <= hub_now()
        and (e.next_attempt_at is null or e.next_attempt_at <= now()))
  returning e.subject, e.id, e.fact_id, e.args)
select g.id, g.args, f.name as fact_name, f.happened_at, f.data as fact_data, o.waybill_no, o.order_no
from gathered g
join fact f on f.subject = g.subject and f.id = g.fact_id
left join orders o on o.id = g.subject
order by g.id
