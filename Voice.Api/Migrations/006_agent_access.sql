-- Whom an agent is kept for: 'role:member', 'user:user_…'. An agent without a row here is for everybody in its organization.
create table voice.agent_access (
    organization_id text not null,
    agent_id        text not null,
    principal       text not null check (principal ~ '^(role|user):.+$'),
    primary key (organization_id, agent_id, principal),
    foreign key (organization_id, agent_id) references voice.agents (organization_id, id) on delete cascade
);
