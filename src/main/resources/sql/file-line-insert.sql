insert into dropped_line (file, no, place, order_no, outcome, reason) values (?, ?, ?, ?, ?, ?)
