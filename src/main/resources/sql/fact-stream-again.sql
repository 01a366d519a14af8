-- In the order of recording, page by page: parameters are from, to, and where the page before ended.
select f.xid::text as xid, f.id, f.subject, f.name, f.source, f.happened_at, f.recorded_at, f.data, f.correlation, o.order_no, o.client,
  o.county, o.waybill_no, o.stage, o.receipt_stage, s.name as subject_name
from fact f
left join orders o on o.id = f.subject
left join subject s on s.id = f.subject
where f.recorded_at >= ?::timestamptz and f.recorded_at < ?::timestamptz and (f.recorded_at, f.id) > (?::timestamptz, ?)
order by f.recorded_at, f.id
limit ?
