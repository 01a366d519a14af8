update orders o
set stage = u.stage, stage_at = u.stage_at::timestamptz, receipt_stage = u.receipt_stage, receipt_at = u.receipt_at::timestamptz,
  anomaly = u.anomaly, anomaly_at = u.anomaly_at::timestamptz, waybill_no = u.waybill_no, detail = u.detail::jsonb
from unnest(?::bigint[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[], ?::text[])
  as u (id, stage, stage_at, receipt_stage, receipt_at, anomaly, anomaly_at, waybill_no, detail)
where o.id = u.id
