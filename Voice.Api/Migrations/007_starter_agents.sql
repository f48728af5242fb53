-- What every organization begins with: the agents of the installation as they were first written, whatever has become of them there since.
create table voice.starter_agents (
    id text primary key,
    name text not null,
    description text not null,
    mode text not null,
    language text not null,
    target_language text,
    instructions text not null,
    greeting text not null,
    voice text,
    models jsonb not null,
    knowledge jsonb not null,
    updated_at timestamptz not null
);

insert into voice.starter_agents
select a.id, a.name, a.description, a.mode, a.language, a.target_language, a.instructions, a.greeting, a.voice, a.models, a.knowledge, a.updated_at
from voice.agent_versions v, jsonb_populate_record(null::voice.agents, v.definition) a
where v.organization_id = 'org_default' and v.agent_id in ('receptionist', 'interpreter', 'companion')
    and v.version = (select min(version) from voice.agent_versions f where f.organization_id = v.organization_id and f.agent_id = v.agent_id);

-- Who has been given them: what an organization takes away of them does not come back.
create table voice.starter_organizations (
    organization_id text primary key,
    given_at timestamptz not null default now()
);

insert into voice.starter_organizations (organization_id) values ('org_default');
