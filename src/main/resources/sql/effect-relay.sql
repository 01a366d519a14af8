-- Parameters, one entry a door: its name, how many may go, whether an order's effects there wait only for earlier ones to the same
-- addressee, whether one that is DEAD holds up those behind it. The rows, locked here, are updated where they lie: joined by key, they were
-- looked for in the whole table when many were expected. What waits for a later time of day is never looked at: it stands behind in
-- the index effect_ready.
with d as (select * from unnest(?::text[], ?::int[], ?::boolean[], ?::boolean[]) as d (door, room, per_addressee, blocks)),
ready as materialized (
  select r.place
  from d cross join lateral (
    select e.ctid as place
    from effect e
    where e.door = d.door and e.state in ('PENDING', 'RETRY')
      and coalesce(e.not_before, '-infinity') <= hub_now()
      and (e.next_attempt_at is null or e.next_attempt_at <= now())
      and not exists (
        select from effect b
        where b.subject = e.subject and b.door = e.door and b.id < e.id and b.state <> 'ACCEPTED' and b.state <> 'DEAD'
          and (b.addressee = e.addressee or not d.per_addressee))
      and not (d.blocks and exists (
        select from effect b
        where b.subject = e.subject and b.door = e.door and b.id < e.id and b.state = 'DEAD'
          and (b.addressee = e.addressee or not d.per_addressee)))
    order by coalesce(e.not_before, '-infinity'), e.id
    limit d.room
    for update of e skip locked) r)
update effect e
set state = 'RELAYED', changed_at = clock_timestamp()
where e.ctid = any (array(select place from ready))
returning e.subject, e.id, e.door, (select f.correlation from fact f where f.subject = e.subject and f.id = e.fact_id)
