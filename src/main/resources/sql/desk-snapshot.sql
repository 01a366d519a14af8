-- What a simulation begins with: where the order stands, what is open, and nobody's name.
select json_build_object(
  'now', hub_now(),
  'order', json_build_object('orderNo', o.order_no, 'county', o.county, 'destCounty', o.dest_county, 'payer', o.payer, 'receipt', o.receipt,
    'service', o.service, 'stage', o.stage, 'stageAt', o.stage_at, 'receiptStage', o.receipt_stage, 'receiptAt', o.receipt_at,
    'anomaly', o.anomaly, 'anomalyAt', o.anomaly_at),
  'detail', o.detail - 'office' - 'documents',
  'deadlines', (select coalesce(json_agg(json_build_object('ladder', d.ladder, 'rung', d.rung, 'version', d.version, 'from', d.from_at,
      'due', d.due_at, 'reports', d.reports, 'coveredBy', d.covered_by, 'provisional', d.provisional, 'state', d.state, 'openedAt', d.opened_at)
      order by d.due_at), '[]')
    from deadline d where d.subject = o.id),
  'closed', (select coalesce(json_agg(json_build_object('ladder', c.ladder, 'at', c.closed_at, 'recordedAt', c.recorded_at)), '[]')
    from ladder_closed c where c.subject = o.id),
  'fired', (select coalesce(json_agg(json_build_object('ladder', d.ladder, 'rung', d.rung, 'openedAt', d.opened_at)), '[]')
    from deadline_done d where d.subject = o.id and d.state = 'FIRED'))::text
from orders o
where o.order_no = ?
order by o.id
limit 1
