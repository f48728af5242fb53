-- Time-based one-time passwords (RFC 6238) and what stands in for them when a phone is lost.

create table identity.second_factors (
    user_id      text primary key references identity.users (id) on delete cascade,
    -- Protected with the keys of the gateway's data protection.
    secret       bytea not null,
    created_at   timestamptz not null,
    -- Asked for at sign-in from then on.
    confirmed_at timestamptz,
    -- The step of the last code that was taken: it and older ones are not taken again.
    last_step    bigint not null default 0
);

create table identity.recovery_codes (
    user_id     text not null references identity.users (id) on delete cascade,
    code_sha256 bytea not null check (octet_length(code_sha256) = 32),
    used_at     timestamptz,
    primary key (user_id, code_sha256)
);
