-- HTTP functions the server calls for the agent: [{name, description, parameters, url, method, headers, timeout_ms, filler}].
alter table voice.agents add column tools jsonb not null default '[]' check (jsonb_typeof(tools) = 'array');
