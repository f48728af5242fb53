-- Who did what, and a chain that shows when somebody changed it afterwards.

create table identity.audit_entries (
    organization_id text not null,
    sequence        bigint not null check (sequence > 0),
    at              timestamptz not null,
    actor_kind      text not null,
    actor_id        text not null,
    action          text not null,
    target_kind     text,
    target_id       text,
    address         text,
    request_id      text,
    result          text not null check (result in ('succeeded', 'denied', 'failed')),
    details         jsonb not null,
    previous_hash   bytea not null check (octet_length(previous_hash) = 32),
    hash            bytea not null check (octet_length(hash) = 32),
    primary key (organization_id, sequence)
);

-- The end of each chain; its row is the lock under which the chain grows.
create table identity.audit_heads (
    organization_id text primary key,
    sequence        bigint not null,
    hash            bytea not null,
    at              timestamptz not null,
    key_id          text not null,
    signature       text not null
);

create table identity.audit_keys (
    id                 text primary key,
    public_key         bytea not null,
    sealed_private_key bytea not null,
    created_at         timestamptz not null
);

create function identity.refuse_audit_change() returns trigger language plpgsql as $$
begin
    raise exception 'identity.% is append-only', tg_table_name using errcode = 'insufficient_privilege';
end
$$;

create trigger audit_entries_append_only before update or delete on identity.audit_entries
    for each row execute function identity.refuse_audit_change();
create trigger audit_entries_not_truncated before truncate on identity.audit_entries
    for each statement execute function identity.refuse_audit_change();
create trigger audit_heads_not_deleted before delete on identity.audit_heads
    for each row execute function identity.refuse_audit_change();
create trigger audit_heads_not_truncated before truncate on identity.audit_heads
    for each statement execute function identity.refuse_audit_change();
create trigger audit_keys_append_only before update or delete on identity.audit_keys
    for each row execute function identity.refuse_audit_change();
