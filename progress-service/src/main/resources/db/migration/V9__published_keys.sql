-- The key that signs tokens stays in signing_key, where earlier releases read it. Here are
-- the other keys that are published: the one that will sign next (retired_at is null), so
-- that everybody knows it before its first token, and former ones, as long as tokens that
-- they signed may be unexpired.
create table published_key (
    id text primary key,
    jwk text not null,
    retired_at timestamptz
);

create unique index published_key_next on published_key ((retired_at is null)) where retired_at is null;
comment on index published_key_next is 'SigningKeyStore: there is one next key, also if two nodes generate it';
