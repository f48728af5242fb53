-- People belong to organizations through memberships; nobody's account belongs to one organization any more.

create table identity.memberships (
    organization_id text not null references identity.organizations (id) on delete cascade,
    user_id         text not null references identity.users (id) on delete cascade,
    role            text not null check (role in ('owner', 'admin', 'member', 'viewer')),
    created_at      timestamptz not null,
    primary key (organization_id, user_id)
);

create index memberships_user on identity.memberships (user_id);

insert into identity.memberships (organization_id, user_id, role, created_at)
select organization_id, id, case role when 'administrator' then 'owner' else 'member' end, created_at from identity.users;

alter table identity.users drop column role;
-- Where somebody was last; where the next sign-in leads.
alter table identity.users rename column organization_id to last_organization_id;
alter table identity.users alter column last_organization_id drop not null;
alter table identity.users add column language text not null default 'en' check (language in ('en', 'es', 'ko'));

alter table identity.organizations
    add column require_second_factor boolean not null default false,
    -- For ETag and If-Match.
    add column version int not null default 1;

-- Only hashes of what was mailed; each good once.
create table identity.invitations (
    id              text primary key,
    organization_id text not null references identity.organizations (id) on delete cascade,
    email           text not null,
    role            text not null check (role in ('owner', 'admin', 'member', 'viewer')),
    -- Set when the mail is written; before that nobody can know a token for it.
    token_sha256    bytea unique check (octet_length(token_sha256) = 32),
    invited_by      text not null,
    created_at      timestamptz not null,
    expires_at      timestamptz not null,
    accepted_at     timestamptz,
    revoked_at      timestamptz
);

create index invitations_organization on identity.invitations (organization_id, created_at desc);

-- Not an account yet: it becomes one when the token from the mail comes back together with the password.
create table identity.sign_ups (
    id                text primary key,
    email             text not null,
    password_hash     text not null,
    organization_name text not null,
    language          text not null,
    token_sha256      bytea unique check (octet_length(token_sha256) = 32),
    created_at        timestamptz not null,
    expires_at        timestamptz not null
);

create table identity.password_resets (
    token_sha256 bytea primary key check (octet_length(token_sha256) = 32),
    user_id      text not null references identity.users (id) on delete cascade,
    created_at   timestamptz not null,
    expires_at   timestamptz not null
);

create index password_resets_user on identity.password_resets (user_id);

-- What is to be mailed. A request only adds a row, whether there is such an account or not; whoever composes it finds out.
create table identity.mails (
    id              text primary key,
    kind            text not null,
    recipient       text not null,
    language        text not null,
    -- The invitation or the sign-up that it is about.
    reference       text,
    created_at      timestamptz not null,
    next_try_at     timestamptz not null,
    attempts        int not null default 0,
    subject         text,
    -- Protected: a copy of the database resets no password. Erased once sent.
    body            bytea,
    state           text not null default 'queued' check (state in ('queued', 'composed', 'kept', 'sent', 'failed')),
    last_error      text
);

create index mails_due on identity.mails (next_try_at) where state in ('queued', 'composed');
create index mails_listing on identity.mails (created_at desc, id desc);
create index mails_recipient on identity.mails (lower(recipient), kind, created_at);
