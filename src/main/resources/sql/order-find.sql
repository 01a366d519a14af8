select *, id as subject from orders
where order_no = ? and (client = ? or ?)
order by client
