insert into orders (id, client, order_no, body_hash, county, dest_county, payer, receipt, service, stage, stage_at, receipt_stage, receipt_at, anomaly,
  anomaly_at, detail, recipient_name, recipient_phone, recipient_address, sender_name, sender_phone, sender_address, phone_hash, phone_tail_hash, received_at)
select nextval('songda_id'), 'simulation', o ->> 'orderNo', '', o ->> 'county', o ->> 'destCounty', o ->> 'payer', o ->> 'receipt', o ->> 'service',
  coalesce(o ->> 'stage', 'ORDERED'), coalesce((o ->> 'stageAt')::timestamptz, 'epoch'), coalesce(o ->> 'receiptStage', 'NONE'),
  coalesce((o ->> 'receiptAt')::timestamptz, 'epoch'), coalesce(o ->> 'anomaly', 'NONE'), coalesce((o ->> 'anomalyAt')::timestamptz, 'epoch'),
  coalesce(s -> 'detail', '{}'), '', '', '', '', '', '', '', '', hub_now()
from (select ?::jsonb as s) x cross join lateral (select s -> 'order' as o) y
returning id
