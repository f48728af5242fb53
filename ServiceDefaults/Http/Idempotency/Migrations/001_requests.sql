-- Requests that came with an Idempotency-Key, and what they were answered; kept for a day.

create table idempotent_requests (
    organization_id text not null,
    -- SHA-256 of who asked and the key they chose. The key itself opens the answer, and is nowhere.
    key_sha256      bytea not null check (octet_length(key_sha256) = 32),
    route           text not null,
    -- SHA-256 of what was asked: the same key with another body is a mistake.
    fingerprint     bytea not null,
    started_at      timestamptz not null,
    -- Who works on it; lets a request that was given up not end one that took its place.
    attempt         uuid not null,
    status          int,
    -- Encrypted with a key that only who sends the Idempotency-Key again can make: answers hold secrets that are shown once.
    answer          bytea,
    primary key (organization_id, key_sha256, route)
);

create index idempotent_requests_started on idempotent_requests (started_at);
