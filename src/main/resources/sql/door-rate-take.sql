-- Takes up to so many tokens out of a door's bucket, which gains rate a second and holds a second's worth. Nothing where the bucket was not
-- there yet: it is now. Parameters: door, rate, how many are wanted.
with a as (select ?::text as door, ?::double precision as rate, ?::double precision as want),
made as (insert into door_rate (door, tokens, at) select door, rate, clock_timestamp() from a on conflict (door) do nothing),
held as (
  select r.door, a.want, least(a.rate, r.tokens + a.rate * greatest(0, extract(epoch from clock_timestamp() - r.at))) as tokens
  from door_rate r join a on a.door = r.door
  for update of r)
update door_rate r
set tokens = h.tokens - least(h.want, floor(h.tokens)), at = clock_timestamp()
from held h
where r.door = h.door
returning least(h.want, floor(h.tokens))::int
