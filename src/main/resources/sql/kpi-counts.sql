-- Of some days (parameters 1 to 2, both of them included), in one county (3) or in all.
select kpi, day, county, sum(met) as met, sum(judged) as judged, sum(immature) as immature, sum(excluded) as excluded, sum(timed) as timed, sum(hours) as hours
from kpi_day
where day >= ?::date and day <= ?::date and county = coalesce(?, county)
group by kpi, day, county
