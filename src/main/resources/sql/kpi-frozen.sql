-- A month (parameter 1) as it was frozen, in one county (2) or in all.
select kpi, day, county, met, judged, immature, excluded, timed, hours
from kpi_snapshot
where month = ?::date and county = coalesce(?, county)
