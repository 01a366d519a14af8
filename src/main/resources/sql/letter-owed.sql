select door, addressee, state from effect where subject = ? and fact_id = ? order by id
