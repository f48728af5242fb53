-- Messages that are committed and not yet with the transport. Sequence is the order of publication within a session: a session's
-- messages are written by one writer, one transaction after another.
create table outbox (
    sequence bigint generated always as identity primary key,
    id text not null unique,
    key text not null,
    type text not null,
    body text not null,
    traceparent text,
    created_at timestamptz not null
);
