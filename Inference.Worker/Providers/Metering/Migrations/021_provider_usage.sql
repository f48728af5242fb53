-- What calls of providers used, by day. Costs are US dollars.
create table provider_usage (
    organization_id text not null,
    day date not null,
    provider text not null,
    own boolean not null,
    capability text not null,
    model text not null,
    calls bigint not null,
    estimated bigint not null,
    audio_seconds numeric not null,
    characters bigint not null,
    input_tokens bigint not null,
    output_tokens bigint not null,
    cost numeric not null,
    primary key (organization_id, day, provider, own, capability, model)
);
