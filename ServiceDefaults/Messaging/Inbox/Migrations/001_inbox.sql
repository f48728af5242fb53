-- Ids of messages whose effects are in this schema, written in the same transaction as the effects.
create table inbox (
    subscription text not null,
    message_id text not null,
    handled_at timestamptz not null default now(),
    primary key (subscription, message_id)
);
create index inbox_handled_at on inbox (handled_at);
