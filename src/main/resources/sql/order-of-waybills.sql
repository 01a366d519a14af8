select *, id as subject from orders
where waybill_no = any (?)
