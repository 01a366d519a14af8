-- Items behind a number, orders or what has a name of its own: of one KPI (1) on some days (2 to 3, both included), in one county (4) or all, with one verdict (5) or any, up to so many (6).
select i.subject, i.at, i.county, i.client, i.payer, i.document, i.due_at, i.excluded_for, s.name as about, o.order_no, o.waybill_no, o.recipient_name,
  case when i.exclusion is not null then 'EXCLUDED' when i.met is null then 'IMMATURE' when i.met then 'MET' else 'MISSED' end as verdict
from kpi_item i
left join orders o on o.id = i.subject
left join subject s on s.id = i.subject
where i.kpi = ? and i.day >= ?::date and i.day <= ?::date and i.county = coalesce(?, i.county)
  and case when i.exclusion is not null then 'EXCLUDED' when i.met is null then 'IMMATURE' when i.met then 'MET' else 'MISSED' end
    = coalesce(?, case when i.exclusion is not null then 'EXCLUDED' when i.met is null then 'IMMATURE' when i.met then 'MET' else 'MISSED' end)
order by i.at, i.id
limit ?
