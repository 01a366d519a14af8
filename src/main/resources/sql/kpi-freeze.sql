-- Once for a month (parameter 1): what is frozen already stays, and a month without any item is none.
with counted as (
  select kpi, day, county, sum(met) as met, sum(judged) as judged, sum(immature) as immature, sum(excluded) as excluded, sum(timed) as timed, sum(hours) as hours
  from kpi_day
  where day >= ?::date and day < (?::date + interval '1 month')::date and not exists (select from kpi_month where month = ?::date)
  group by kpi, day, county),
frozen as (
  insert into kpi_month (month, frozen_at)
  select ?::date, hub_now() where exists (select from counted)
  on conflict do nothing
  returning month)
insert into kpi_snapshot (month, kpi, day, county, met, judged, immature, excluded, timed, hours)
select f.month, c.kpi, c.day, c.county, c.met, c.judged, c.immature, c.excluded, c.timed, c.hours
from counted c, frozen f
