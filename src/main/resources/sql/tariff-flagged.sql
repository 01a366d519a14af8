-- Whose contract price was said to be above the reference price, and not to be lowered since (R04).
select s.name
from subject s
where s.name like 'tariff:%'
  and (select f.name from fact f where f.subject = s.id and f.name in ('tariff.above-reference', 'tariff.lowered') order by f.happened_at desc, f.id desc limit 1)
    = 'tariff.above-reference'
order by s.name
