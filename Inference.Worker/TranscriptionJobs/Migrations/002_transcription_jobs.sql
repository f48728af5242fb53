-- Long recordings, transcribed in parts by whichever workers there are. The state table is in docs/specs/jobs.md.
create table transcription_jobs (
    id text primary key,
    organization_id text not null,
    created_by text not null,
    state text not null check (state in ('queued', 'running', 'completed', 'failed', 'cancelled')),
    upload_id text,
    session_id text,
    model text,
    language text not null,
    prompt text,
    word_times boolean not null,
    by_channel boolean not null,
    response_format text not null,
    webhook_url text,
    webhook_secret bytea,
    channels int not null default 0,
    duration_seconds double precision,
    parts_total int,
    parts_done int not null default 0,
    seconds_done double precision not null default 0,
    error_code text,
    error_message text,
    metered boolean not null,
    reserved bigint not null default 0,
    created_at timestamptz not null,
    started_at timestamptz,
    ended_at timestamptz,
    expires_at timestamptz not null,
    -- The decoded audio is in Blob Storage: {organization}/{job}/audio-{channel}.pcm.
    has_audio boolean not null default false,
    check ((upload_id is null) <> (session_id is null))
);
create index transcription_jobs_organization on transcription_jobs (organization_id, created_at desc, id desc);
create index transcription_jobs_expires_at on transcription_jobs (expires_at);
create index transcription_jobs_audio on transcription_jobs (ended_at) where has_audio;

-- Places are samples at 16 kHz. Attempts are the deliveries that it took, those included that died with their worker.
create table transcription_parts (
    job_id text not null references transcription_jobs on delete cascade,
    number int not null,
    channel int not null,
    first_sample bigint not null,
    samples int not null,
    attempts int not null default 0,
    segments jsonb,
    done_at timestamptz,
    primary key (job_id, number)
);

-- Standard Webhooks. The id is the same in every attempt.
create table webhook_deliveries (
    id text primary key,
    organization_id text not null,
    url text not null,
    secret bytea not null,
    body text not null,
    state text not null check (state in ('pending', 'delivered', 'failed', 'gone')),
    attempts int not null default 0,
    last_error text,
    created_at timestamptz not null,
    next_at timestamptz not null,
    lease_until timestamptz,
    ended_at timestamptz
);
create index webhook_deliveries_due on webhook_deliveries (next_at) where state = 'pending';
