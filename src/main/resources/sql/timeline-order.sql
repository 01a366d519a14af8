-- An order that is there from before: nothing of it is known but its kind and where it goes.
insert into orders (id, client, order_no, body_hash, waybill_no, county, dest_county, payer, receipt, service, stage, stage_at, receipt_stage, anomaly,
  detail, recipient_name, recipient_phone, recipient_address, sender_name, sender_phone, sender_address, phone_hash, phone_tail_hash, received_at)
values (nextval('songda_id'), 'timeline', ?, '', ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?::jsonb, '', '', '', '', '', '', '', '', hub_now())
returning id
