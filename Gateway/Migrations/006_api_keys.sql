-- What keys of partners may do, from where, and how they are replaced without an outage.

alter table identity.api_keys
    -- Names with a space between; null for keys from before there were scopes, which may do what a member may.
    add column scopes          text,
    -- The beginning of the key, to tell it from others by.
    add column prefix          text,
    add column origins         text[] not null default '{}',
    add column networks        text[] not null default '{}',
    add column created_by      text,
    add column rotated_at      timestamptz,
    -- The secret before the last rotation, and how long it is good still.
    add column previous_sha256 bytea unique check (octet_length(previous_sha256) = 32),
    add column previous_until  timestamptz;
