-- Providers that organizations bring. The key of the service is sealed under a data key of its own, and that under a key of the platform, which key_id names:
-- a copy of the database alone opens none. What was sealed says whose it is, so that one cannot be put in the place of another.
create table organization_providers (
    organization_id text not null,
    name text not null,
    kind text not null,
    settings jsonb not null,
    credentials bytea,
    data_key bytea,
    key_id text,
    version bigint not null default 1,
    created_by text not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    primary key (organization_id, name)
);
