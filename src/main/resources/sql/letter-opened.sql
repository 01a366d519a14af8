select ladder, rung, due_at from deadline where subject = ? and opened_by = ? order by due_at, ladder, rung
