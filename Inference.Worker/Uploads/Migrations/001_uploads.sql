-- Files that clients send piece by piece (tus 1.0.0). What is in blocks is in Blob Storage; received follows it in the same statement that
-- adds the block, so of two requests that append at the same place one finds that the other was there.
create table uploads (
    id text primary key,
    organization_id text not null,
    created_by text not null,
    length bigint not null check (length >= 0),
    received bigint not null default 0 check (received between 0 and length),
    blocks text[] not null default '{}',
    file_name text,
    content_type text,
    metadata text,
    blob text not null,
    created_at timestamptz not null,
    expires_at timestamptz not null,
    completed_at timestamptz
);
create index uploads_expires_at on uploads (expires_at);
create index uploads_organization on uploads (organization_id, created_at desc, id desc);
