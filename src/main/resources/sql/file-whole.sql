-- A repetition is read to its end as soon as it came: what it says was said before.
update dropped_file set sha256 = ?, size = ?, lines = ?, refused = ?, again = x.again,
  state = case when x.again is null then state else 'READ' end, read_at = case when x.again is null then null else now() end
from (select ?::bigint as again) x
where id = ?
