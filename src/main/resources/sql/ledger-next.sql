-- Facts that move money, in the order of commits: only what every running transaction can no longer precede.
select f.xid::text as xid, f.id as fact, f.subject, f.name, f.happened_at, o.*
from fact f join orders o on o.id = f.subject
where (f.xid, f.id) > (?::xid8, ?) and f.xid < pg_snapshot_xmin(pg_current_snapshot())
  and f.name in ('parcel.accepted', 'parcel.acceptance-retracted', 'parcel.delivered', 'parcel.delivery-retracted', 'return.dispatched', 'remedy.refunded')
  and f.data ->> 'waived' is null -- a refund that was waived pays nothing back
order by f.xid, f.id
limit ?
