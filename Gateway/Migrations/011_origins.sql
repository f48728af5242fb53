-- The pages of an organization, from which programs may call the API.

alter table identity.organizations add column allowed_origins text[] not null default '{}';
