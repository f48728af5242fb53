-- Which sessions there are and whose.
create table sessions (
    session_id text primary key,
    organization_id text not null,
    started_at timestamptz not null
);

create table exports (
    id text primary key,
    organization_id text not null,
    session_id text not null,
    kind text not null,
    -- Name inside the container exports.
    blob text not null,
    -- Name inside the container transcripts: what an export is written from, once more if more becomes known.
    transcript_blob text not null,
    summary jsonb not null,
    created_at timestamptz not null,
    updated_at timestamptz not null,
    unique (session_id, kind)
);

-- What the safety service said about a session; part of its export.
create table interventions (
    id text primary key,
    organization_id text not null,
    session_id text not null,
    turn_id text not null,
    category text not null,
    severity text not null,
    language text not null,
    matched_layer text not null,
    message text not null,
    occurred_at timestamptz not null
);

create index interventions_by_session on interventions (session_id, occurred_at, id);
