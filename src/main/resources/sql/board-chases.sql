-- Chases oldest first, page by page, each with what falls due next, who holds it at which level until when, and who has taken note of it as it stands.
-- The keys first: the index has all that is asked for, so that a county among many is found without reading the others' orders.
with keys as (
  select o.id, case when anomaly <> 'NONE' and anomaly <> 'RESOLVED' then anomaly_at else receipt_at end as since
  from orders o
  where (anomaly <> 'NONE' and anomaly <> 'RESOLVED' or receipt_stage in ('OVERDUE', 'WRONG', 'LATE', 'LOST', 'DAMAGED'))
    and (case when anomaly <> 'NONE' and anomaly <> 'RESOLVED' then anomaly_at else receipt_at end, id)
      > (:since::timestamptz, :after::bigint)
    and (:county::text is null or o.county = :county)
    and (:anomaly::text is null or o.anomaly = :anomaly)
    and (:receipt::text is null or o.receipt_stage = :receipt)
  order by case when anomaly <> 'NONE' and anomaly <> 'RESOLVED' then anomaly_at else receipt_at end, id
  limit :limit),
page as (select o.*, k.since from keys k join orders o on o.id = k.id)
select p.id, p.order_no, p.waybill_no, p.county, p.stage, p.receipt_stage, p.anomaly, p.since,
  n.deadline, n.ladder, n.rung, n.due_at, n.reports, n.state as deadline_state,
  h.addressee as holder, h.args ->> 'level' as level, u.due_at as until, k.who as noted_by, k.at as noted_at
from page p
left join lateral (
  select d.subject || '-' || d.id as deadline, d.ladder, d.rung, d.due_at, d.reports,
    case d.state when 0 then 'OPEN' when 1 then 'PAUSED' else 'PARKED' end as state
  from deadline d where d.subject = p.id order by d.due_at, d.id limit 1) n on true
left join lateral (
  select e.addressee, e.args from effect e
  where e.subject = p.id and p.anomaly = 'LEVEL' || (e.args ->> 'level')
  order by e.id desc limit 1) h on true
left join lateral (
  select d.due_at from deadline d where d.subject = p.id and d.ladder = 'finish-level-' || (h.args ->> 'level') order by d.due_at limit 1) u on true
left join lateral (
  select a.who, a.at from audit a
  where a.subject = p.id and a.what = 'chase.acknowledge'
    and a.detail ->> 'anomaly' = p.anomaly and a.detail ->> 'receiptStage' = p.receipt_stage
  order by a.id desc limit 1) k on true
order by p.since, p.id
