update orders o
set stage = u.stage, stage_at = u.stage_at::timestamptz, receipt_stage = u.receipt_stage, waybill_no = u.waybill_no, detail = u.detail::jsonb
from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
  as u (id, stage, stage_at, receipt_stage, waybill_no, detail)
where o.id = u.id
