select count(*) from orders where waybill_no = any (?)
