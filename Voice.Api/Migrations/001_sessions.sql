create table voice.agents (
    organization_id text not null,
    id text not null,
    name text not null,
    description text not null,
    mode text not null check (mode in ('agent', 'interpreter', 'companion')),
    language text not null,
    target_language text,
    instructions text not null,
    greeting text not null default '',
    voice text,
    models jsonb not null default '{}',
    knowledge jsonb not null default '[]',
    updated_at timestamptz not null default now(),
    primary key (organization_id, id)
);

create table voice.sessions (
    id text primary key,
    organization_id text not null,
    user_id text not null,
    agent_id text not null,
    -- As it was in this conversation; the agent may be renamed or deleted later.
    agent_name text not null,
    mode text not null,
    language text not null,
    target_language text,
    transport text not null,
    status text not null check (status in ('active', 'ended')),
    end_reason text,
    started_at timestamptz not null,
    ended_at timestamptz,
    -- Moved on by the server that holds the conversation; one that stands still belongs to a server that died.
    heartbeat_at timestamptz not null,
    turn_count int not null default 0,
    recording_blob text,
    transcript_blob text
);

create index sessions_by_organization on voice.sessions (organization_id, started_at desc, id desc);
create index sessions_active on voice.sessions (heartbeat_at) where status = 'active';

create table voice.turns (
    id text primary key,
    session_id text not null references voice.sessions (id) on delete cascade,
    sequence int not null,
    language text not null,
    transcript text not null,
    confidence double precision,
    reply text not null,
    latency_ms jsonb not null,
    started_at timestamptz not null,
    completed_at timestamptz not null,
    unique (session_id, sequence)
);
