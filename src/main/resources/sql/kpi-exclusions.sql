-- Newest first, from this number down; what was withdrawn, too.
select x.*, o.order_no from kpi_exclusion x join orders o on o.id = x.subject
where x.id < ? order by x.id desc limit ?
