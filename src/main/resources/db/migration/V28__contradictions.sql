-- Whose facts contradict each other: few, and asked for by every board.
create index fact_contradicted on fact (subject) where name = 'track.contradicted';
