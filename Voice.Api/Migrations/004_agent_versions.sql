-- An agent's version grows with every change of what it is, whoever changes it; sessions say which one they were held with.
alter table voice.agents add column version int not null default 1;

create table voice.agent_versions (
    organization_id text not null,
    agent_id text not null,
    version int not null,
    -- The row as it was. What a later column adds is not in it.
    definition jsonb not null,
    created_at timestamptz not null default now(),
    primary key (organization_id, agent_id, version)
);

insert into voice.agent_versions (organization_id, agent_id, version, definition)
select organization_id, id, version, to_jsonb(a) from voice.agents a;

create function voice.number_agent_version() returns trigger language plpgsql as $$
begin
    if tg_op = 'INSERT' then
        -- One that was deleted and is made again goes on counting.
        select coalesce(max(version), 0) + 1 into new.version from voice.agent_versions where organization_id = new.organization_id and agent_id = new.id;
    elsif to_jsonb(new) - 'version' - 'updated_at' = to_jsonb(old) - 'version' - 'updated_at' then
        new.version := old.version;
    else
        new.version := old.version + 1;
    end if;
    return new;
end $$;

create function voice.keep_agent_version() returns trigger language plpgsql as $$
begin
    insert into voice.agent_versions (organization_id, agent_id, version, definition) values (new.organization_id, new.id, new.version, to_jsonb(new))
    on conflict do nothing;
    return null;
end $$;

create trigger number_agent_version before insert or update on voice.agents for each row execute function voice.number_agent_version();
create trigger keep_agent_version after insert or update on voice.agents for each row execute function voice.keep_agent_version();

alter table voice.sessions add column agent_version int not null default 1;
