select id, client, order_no, county, dest_county, payer, receipt, service, stage, stage_at, receipt_stage, receipt_at, anomaly, anomaly_at, waybill_no, detail
from orders
where id = any (?) or waybill_no = any (?) or order_no = any (?)
order by id
for update
