-- gather: the first of a quiet time goes after a minute, and with it whatever came meanwhile; the next ones when the time is over.
with u as (
  select *
  from unnest(?::bigint[], ?::bigint[], ?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
    as u (subject, id, fact_id, door, addressee, args, not_before, gather)),
slot as (
  insert into notice_slot as s (door, addressee, sends_at, every)
  select door, addressee, hub_now() + interval '1 minute', max(gather::interval) from u where gather is not null
  group by door, addressee order by door, addressee
  on conflict (door, addressee) do update
  set every = excluded.every,
    sends_at = case when s.sends_at > hub_now() and s.sends_at <= hub_now() + s.every then s.sends_at when s.sends_at <= hub_now() then greatest(excluded.sends_at, s.sends_at + excluded.every)
      else excluded.sends_at end -- the clock was set back
  returning door, addressee, sends_at)
insert into effect (subject, id, fact_id, door, addressee, args, planned_at, not_before)
select u.subject, u.id, u.fact_id, u.door, u.addressee, u.args::jsonb, hub_now(), greatest(u.not_before::timestamptz, slot.sends_at)
from u left join slot on slot.door = u.door and slot.addressee = u.addressee and u.gather is not null
on conflict (subject, fact_id, door, addressee) do nothing
