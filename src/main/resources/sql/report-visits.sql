-- Visits to each unit that happened in [from, to); one visit has one number, however often it is reported.
select substr(s.name, 8) as unit, count(distinct coalesce(f.data ->> 'visitNo', f.source_id)) as made
from subject s
join fact f on f.subject = s.id
where starts_with(s.name, 'client:') and f.name = 'visit.made'
  and f.happened_at >= ?::timestamptz and f.happened_at < ?::timestamptz
group by s.name
