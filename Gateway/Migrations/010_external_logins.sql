-- Whom OpenID providers vouch for, and whose account that leads into. Accounts that began there have no password.

alter table identity.users alter column password_hash drop not null;

create table identity.external_logins (
    id           text primary key,
    user_id      text not null references identity.users (id) on delete cascade,
    -- Who it is: an address may be given to somebody else one day, a subject never.
    issuer       text not null,
    subject      text not null,
    -- What the provider was called here, and the address there: for the person to recognise it by.
    provider     text not null,
    email        text,
    created_at   timestamptz not null,
    last_used_at timestamptz not null,
    unique (issuer, subject)
);

create index external_logins_user on identity.external_logins (user_id);
