-- Refresh tokens: a family for each sign-in session of a program, of which one token at a time is good. Only hashes are stored.

create table identity.refresh_families (
    session_id  text primary key,
    user_id     text not null references identity.users (id) on delete cascade,
    scopes      text not null,
    created_at  timestamptz not null,
    expires_at  timestamptz not null,
    revoked_at  timestamptz
);

create index refresh_families_expiry on identity.refresh_families (expires_at);

create table identity.refresh_tokens (
    token_sha256     bytea primary key check (octet_length(token_sha256) = 32),
    session_id       text not null references identity.refresh_families (session_id) on delete cascade,
    issued_at        timestamptz not null,
    used_at          timestamptz,
    successor_sha256 bytea,
    -- Replaced before it was used, because the answer that it was in got lost: whoever comes with it after all has a copy.
    superseded       boolean not null default false
);

create index refresh_tokens_session on identity.refresh_tokens (session_id);
