-- Orders of a recipient, by the hash of the phone, that have a number of the post and are neither delivered nor on their way back.
select *, id as subject from orders
where phone_hash = ? and waybill_no is not null and stage <> 'DELIVERED' and stage <> 'RETURNING'
order by id desc
limit 20
