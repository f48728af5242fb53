-- The bus: a row for each subscription that has yet to handle a message.
create table deliveries (
    sequence bigint generated always as identity primary key,
    subscription text not null,
    message_id text not null,
    key text not null,
    type text not null,
    body text not null,
    traceparent text,
    created_at timestamptz not null,
    attempt int not null default 0,
    available_at timestamptz not null default now(),
    lease_owner uuid,
    lease_until timestamptz,
    last_error text,
    unique (subscription, message_id)
);
-- The oldest message of a session blocks those after it.
create index deliveries_head on deliveries (subscription, key, sequence);

create table dead_letters (
    subscription text not null,
    message_id text not null,
    key text not null,
    type text not null,
    body text not null,
    traceparent text,
    created_at timestamptz not null,
    attempts int not null,
    reason text not null,
    dead_at timestamptz not null default now(),
    primary key (subscription, message_id)
);
