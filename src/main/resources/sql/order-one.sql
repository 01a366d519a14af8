select *, id as subject from orders where id = ?
