-- What is being chased, oldest first: a late, lost or disputed item, or a receipt that does not come back as it should. Few of all orders, and asked for
-- all the time by the operators' board, whose queries repeat this condition word for word.
create index orders_chased on orders ((case when anomaly <> 'NONE' and anomaly <> 'RESOLVED' then anomaly_at else receipt_at end), id)
  include (county, anomaly, anomaly_at, receipt_stage, receipt_at)
  where anomaly <> 'NONE' and anomaly <> 'RESOLVED' or receipt_stage in ('OVERDUE', 'WRONG', 'LATE', 'LOST', 'DAMAGED');
