update dropped_file set taken = taken + ?, seen = seen + ?, refused = refused + ?, set_aside = set_aside + ? where id = ?
