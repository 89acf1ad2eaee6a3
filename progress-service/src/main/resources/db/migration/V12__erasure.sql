-- Readers who are being erased (ADR 32). A row is deleted when nothing of the reader is left. Until then no event of the
-- reader can be appended, and nobody can register the handle.
create table erasure (
    reader text primary key,
    -- The erasure_id of the account, for the list of erasures outside of the database.
    id uuid not null,
    -- From this the tokens in the stubs are computed. With the row disappears what connects them.
    secret uuid not null default gen_random_uuid(),
    requested_at timestamptz not null default clock_timestamp(),
    -- The last position of the log when the account was deleted; the reader has no later event.
    position bigint not null,
    -- The position of the event reader-erased; null until there are only stubs.
    announced_position bigint,
    -- When a node is to continue; a node that works on it moves it ahead of itself.
    due_at timestamptz not null default clock_timestamp()
);

-- Tells which account of a backup was erased since, and nothing to whoever has no backup. The ids of accounts that exist
-- are derived, so that a backup from before this migration has the same ones after it is migrated.
alter table account add column erasure_id uuid;
update account set erasure_id = md5(reader || extract(epoch from created_at) || password_hash)::uuid;
alter table account
    alter column erasure_id set default gen_random_uuid(),
    alter column erasure_id set not null;

create unique index account_erasure_id on account (erasure_id);
comment on index account_erasure_id is 'the accounts of a restored backup that are on the list of erasures';

-- What stands for a reader in the stubs of one book and minute. No handle begins with a tilde.
create function erased_reader(secret uuid, book text, received_at timestamptz) returns text
language sql immutable
return '~' || left(encode(sha256(convert_to(
    secret || ' ' || floor(extract(epoch from received_at) / 60)::bigint || ' ' || coalesce(book, ''), 'UTF8')), 'hex'), 24);

-- Erasing a reader must not read whole tables.
create index reading_snapshot_of_reader on reading_snapshot (reader);
comment on index reading_snapshot_of_reader is 'the snapshots of a reader that is erased: ReadingSnapshots';

create index timeline_of_reader on timeline (reader);
comment on index timeline_of_reader is 'the timelines of a reader that is erased: TimelineSegments';

create index reading_alias_of_reader on reading_alias (reader);
comment on index reading_alias_of_reader is 'the aliases of a reader that is erased: EventEraser';

create index open_reading_of_reader on open_reading (reader);
comment on index open_reading_of_reader is 'the open readings of a reader that is erased: EventEraser';
