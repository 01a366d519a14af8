select l.id from dead_letter l where l.job = ? and l.state = 'OPEN' and l.id > ? order by l.id limit 1
