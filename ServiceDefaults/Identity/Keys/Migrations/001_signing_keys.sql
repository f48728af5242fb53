-- Keys that this service signs tokens with. A key is published before it signs and after it did, so that whoever verifies always knows it.

create table signing_keys (
    -- The thumbprint of the public key, which tokens name.
    kid             text primary key,
    purpose         text not null,
    -- PKCS#8, encrypted with a key that is not in the database. The row goes when nothing it signed is good any more.
    sealed_key      bytea not null,
    public_key      text not null,
    created_at      timestamptz not null,
    signs_from      timestamptz not null,
    signs_until     timestamptz not null,
    published_until timestamptz not null
);

create index signing_keys_purpose on signing_keys (purpose, signs_from);
