-- What was used, event by event and day by day, and the limits that organizations and keys have of their own.

create table identity.usage_events (
    id              text primary key,
    organization_id text not null,
    subject         text not null,
    kind            text not null,
    quantity        numeric(20, 3) not null check (quantity >= 0),
    occurred_at     timestamptz not null
);

create index usage_events_organization on identity.usage_events (organization_id, occurred_at);

create table identity.usage_days (
    organization_id text not null,
    day             date not null,
    subject         text not null,
    kind            text not null,
    quantity        numeric(20, 3) not null,
    events          bigint not null,
    primary key (organization_id, day, subject, kind)
);

create table identity.limit_settings (
    organization_id text not null,
    -- '' is the organization itself, otherwise a key or user of it.
    subject         text not null,
    settings        jsonb not null,
    updated_at      timestamptz not null,
    primary key (organization_id, subject)
);

-- Told once for each month, kind and step.
create table identity.quota_notices (
    organization_id text not null,
    month           date not null,
    kind            text not null,
    action          text not null,
    primary key (organization_id, month, kind, action)
);
