-- Consumers look for a subscription's oldest messages: with the subscription in front they do not pass over those of all others.
alter table deliveries drop constraint deliveries_pkey;
alter table deliveries add primary key (subscription, sequence);
-- Rows live for a moment: room to change them in place, and dead ones gone before they are many.
alter table deliveries set (fillfactor = 60, autovacuum_vacuum_scale_factor = 0, autovacuum_vacuum_threshold = 2000, autovacuum_vacuum_cost_delay = 0);
