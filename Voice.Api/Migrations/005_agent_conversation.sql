-- How the agent's sessions begin, in the form of session.voiceaspire (docs/specs/realtime.md): {speculation, speculation_limit, interruption}.
alter table voice.agents add column conversation jsonb not null default '{}' check (jsonb_typeof(conversation) = 'object');
