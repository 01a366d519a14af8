select id from orders where waybill_no = ? and (client = ? or ?)
