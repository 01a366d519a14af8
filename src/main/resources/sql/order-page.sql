select *, id as subject from orders
where id > ? and (client = ? or ?) and (?::text is null or stage = ?)
order by id
limit ?
