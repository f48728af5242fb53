create table pipelines (
    organization_id text not null,
    id text not null,
    name text not null,
    description text,
    version int not null,
    created_at timestamptz not null default now(),
    updated_at timestamptz not null default now(),
    deleted_at timestamptz,
    primary key (organization_id, id)
);
create index pipelines_in_order on pipelines (organization_id, id) where deleted_at is null;

-- A version never changes: what a run was made of can be read for as long as the run.
create table pipeline_versions (
    organization_id text not null,
    pipeline_id text not null,
    version int not null,
    document jsonb not null,
    created_by text not null,
    created_at timestamptz not null default now(),
    primary key (organization_id, pipeline_id, version)
);

-- Organizations that were given the examples.
create table pipeline_starters (organization_id text primary key, given_at timestamptz not null default now());

create table pipeline_bulk_runs (
    id text primary key,
    organization_id text not null,
    pipeline_id text not null,
    version int not null,
    parallel int not null,
    total int not null,
    created_at timestamptz not null default now()
);
create index pipeline_bulk_runs_in_order on pipeline_bulk_runs (organization_id, pipeline_id, id);

create table pipeline_runs (
    id text primary key,
    organization_id text not null,
    pipeline_id text not null,
    version int not null,
    bulk_run_id text references pipeline_bulk_runs,
    state text not null,
    inputs jsonb not null,
    error jsonb,
    idempotency_key text,
    -- On whose behalf: whom its usage is counted to.
    subject text not null,
    source_run_id text,
    -- The last number in pipeline_events; the row's lock is what gives a run's events their order.
    last_event bigint not null default 0,
    created_at timestamptz not null default now(),
    started_at timestamptz,
    ended_at timestamptz
);
create unique index pipeline_runs_once on pipeline_runs (organization_id, pipeline_id, idempotency_key) where idempotency_key is not null;
create index pipeline_runs_in_order on pipeline_runs (organization_id, pipeline_id, id);
create index pipeline_runs_of_bulk on pipeline_runs (bulk_run_id, id) where bulk_run_id is not null;

-- The state of a step is also its place in the queue: what is ready, or running under a lease that has run out, is claimed by any worker.
create table pipeline_steps (
    run_id text not null references pipeline_runs on delete cascade,
    id text not null,
    position int not null,
    type text not null,
    state text not null,
    -- Claims, whatever became of them; with the owner it says whose result is taken.
    attempt int not null default 0,
    -- Attempts that were answered with a failure, since the step was last made ready anew.
    failures int not null default 0,
    -- Attempts whose worker was never heard of again.
    losses int not null default 0,
    uses_fallback boolean not null default false,
    available_at timestamptz not null default now(),
    lease_owner uuid,
    lease_until timestamptz,
    output jsonb,
    -- Where the output is too large for a row.
    output_blob text,
    error jsonb,
    usage jsonb not null default '{}',
    cost numeric not null default 0,
    started_at timestamptz,
    ended_at timestamptz,
    primary key (run_id, id)
);
create index pipeline_steps_due on pipeline_steps (available_at) where state in ('ready', 'running');

create table pipeline_attempts (
    run_id text not null references pipeline_runs on delete cascade,
    step_id text not null,
    number int not null,
    action text not null,
    outcome text,
    error jsonb,
    started_at timestamptz not null default now(),
    ended_at timestamptz,
    primary key (run_id, step_id, number)
);

create table pipeline_events (
    run_id text not null references pipeline_runs on delete cascade,
    sequence bigint not null,
    type text not null,
    data jsonb not null,
    occurred_at timestamptz not null default now(),
    primary key (run_id, sequence)
);

create table pipeline_files (
    id text primary key,
    organization_id text not null,
    pipeline_id text not null,
    run_id text,
    name text not null,
    content_type text not null,
    bytes bigint not null,
    blob text not null,
    created_at timestamptz not null default now()
);
