-- Who may come in: organizations, the people and keys that belong to them, and the keys that protect cookies.

create table identity.organizations (
    id          text primary key,
    name        text not null,
    created_at  timestamptz not null
);

create table identity.users (
    id              text primary key,
    organization_id text not null references identity.organizations (id),
    email           text not null,
    password_hash   text not null,
    role            text not null check (role in ('administrator', 'member')),
    -- Changes when the password does; a cookie that carries an older one is no longer good.
    security_stamp  text not null,
    created_at      timestamptz not null,
    disabled_at     timestamptz
);

create unique index users_email on identity.users (lower(email));

create table identity.api_keys (
    id              text primary key,
    organization_id text not null references identity.organizations (id),
    name            text not null,
    -- The key itself is shown once and never stored.
    key_sha256      bytea not null unique check (octet_length(key_sha256) = 32),
    created_at      timestamptz not null,
    expires_at      timestamptz,
    revoked_at      timestamptz,
    last_used_at    timestamptz
);

create index api_keys_organization on identity.api_keys (organization_id, created_at desc);

create table identity.data_protection_keys (
    friendly_name text primary key,
    xml           text not null,
    created_at    timestamptz not null
);
