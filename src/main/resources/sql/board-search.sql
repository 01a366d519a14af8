-- Exact or nothing: no wildcard reaches the database. Parameters: order number, waybill number, hash of the last four digits or null.
with found as (
  (select id from orders where order_no = ? limit 50)
  union
  (select id from orders where waybill_no = ?)
  union
  (select id from orders where phone_tail_hash = ? order by id desc limit 51))
select o.id, o.order_no, o.client, o.waybill_no, o.county, o.stage, o.stage_at, o.receipt_stage, o.anomaly, o.received_at
from found join orders o on o.id = found.id
order by o.id desc
limit 51
