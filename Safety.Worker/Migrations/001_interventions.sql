-- What is known of a session while it goes on. context holds the last words and findings and is emptied when the session ends.
create table sessions (
    session_id text primary key,
    organization_id text not null,
    context jsonb,
    started_at timestamptz not null,
    ended_at timestamptz
);

create table interventions (
    id text primary key,
    organization_id text not null,
    session_id text not null,
    turn_id text not null,
    category text not null,
    severity text not null check (severity in ('concern', 'crisis')),
    language text not null,
    matched_layer text not null,
    matched text not null,
    message text not null,
    resources jsonb not null,
    occurred_at timestamptz not null,
    -- A turn that is delivered again, or assessed by two replicas at once, intervenes once.
    unique (session_id, turn_id, category)
);

create index interventions_by_session on interventions (session_id, occurred_at, id);

create function refuse_change() returns trigger language plpgsql as $$
begin
    raise exception 'safety.interventions is append-only';
end
$$;

create trigger interventions_append_only before update or delete on interventions for each row execute function refuse_change();
create trigger interventions_not_emptied before truncate on interventions for each statement execute function refuse_change();

-- What is still to be told to the live session. Apart from the record, which never changes.
create table deliveries (
    intervention_id text primary key references interventions (id),
    next_attempt_at timestamptz not null,
    attempts int not null default 0,
    published_at timestamptz,
    abandoned_at timestamptz,
    last_error text
);

create index deliveries_due on deliveries (next_attempt_at) where published_at is null and abandoned_at is null;
