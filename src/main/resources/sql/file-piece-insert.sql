insert into dropped_piece (id, file, no, lines, place, raw) values (?, ?, ?, ?, ?, ?)
