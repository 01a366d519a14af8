-- In the order of commits: only what every running transaction can no longer precede.
select f.xid::text as xid, f.id, f.subject, f.name, f.source, f.happened_at, f.recorded_at, f.data, f.correlation, o.order_no, o.client,
  o.county, o.waybill_no, o.stage, o.receipt_stage, s.name as subject_name
from fact f
left join orders o on o.id = f.subject
left join subject s on s.id = f.subject
where (f.xid, f.id) > (?::xid8, ?) and f.xid < pg_snapshot_xmin(pg_current_snapshot())
order by f.xid, f.id
limit ?
