-- The schema of the progress service. It joins all migrations from before the first release;
-- from now on a change of the schema is a new migration.

-- The log. Its head assigns positions in the order of commits (ADR 1). Its epoch identifies the
-- log; every restore from a backup creates a new one.
create table log_head (
    only_row boolean primary key default true check (only_row),
    epoch text not null,
    position bigint not null,
    received_at timestamptz not null
);

insert into log_head (epoch, position, received_at)
values (substr(replace(gen_random_uuid()::text, '-', ''), 1, 12), 0, clock_timestamp());

-- The events of readings and paths. An event of a path has no book.
create table event (
    position bigint primary key,
    stream text not null,
    version int not null,
    reader text not null,
    type text not null,
    book text,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    data jsonb not null,
    unique (stream, version)
);

create index event_of_reader on event (reader, position);

-- Queries use a partial index only if they repeat its condition with literals. The statements
-- of the package eventlog do.

-- The latest event of each reading of a reader that says whether the reading is finished.
create index event_of_finishing on event (reader, stream, version desc)
    where type in ('reading-finished', 'reading-reopened');

-- The events that can change the state of a gate, without the many position reports.
create index event_of_gates on event (position)
    where type in ('reading-finished', 'path-joined', 'path-left', 'gate-passed', 'gate-waived');

-- The events at which snapshots are taken: every hundredth of each stream.
create index event_of_checkpoints on event (position) where version % 100 = 0;

-- The readings that a reader has started, in the order in which they are listed.
create index event_of_starts on event (reader, stream) where type = 'reading-started';

-- The responses to commands that came with an idempotency key: a repeated command gets the
-- stored response again. A record without an expiry is kept as long as the log. Records contain
-- personal data (a handle and what was read): erasing a reader must delete them.
create table idempotency_record (
    reader text not null,
    key text not null,
    hash text not null,
    response text not null,
    expires_at timestamptz,
    primary key (reader, key)
);

create index idempotency_record_by_expiry on idempotency_record (expires_at)
    where expires_at is not null;

-- The position that each projection has reached. A read model can be rebuilt while the service
-- runs: delete its rows and its row here.
create table projection (
    name text primary key,
    position bigint not null
);

-- Read model: the current state of each reading.
create table current_reading (
    id uuid primary key,
    reader text not null,
    status text not null,
    document jsonb not null
);

create index current_reading_of_reader on current_reading (reader, id);

-- Read model: the state of each reading at every hundredth version, from which past states are
-- folded (ADR 11). It contains personal data: erasing a reader must delete it.
create table reading_snapshot (
    stream text not null,
    position bigint not null,
    version int not null,
    reader text not null,
    document jsonb not null,
    primary key (stream, position)
);

-- Read model: the events of each reading ordered by the time at which they occurred (ADR 11), in
-- segments of a hundred. A segment's document is the reading after its last event; null until
-- it has been folded. Times are microseconds since 1970. Both tables contain personal data:
-- erasing a reader must delete it.
create table timeline (
    stream text primary key,
    reader text not null,
    -- The version of the last event that is in a segment.
    through_version int not null,
    -- The time of the last event that changed the status of the reading.
    last_status_at bigint not null
);

create table timeline_segment (
    stream text not null,
    number int not null,
    ends_at bigint not null,
    instants bigint[] not null,
    versions int[] not null,
    document jsonb,
    primary key (stream, number)
);

create index timeline_segment_by_time on timeline_segment (stream, ends_at, number);

create index timeline_segment_unfolded on timeline_segment (stream) where document is null;

-- Read model: the first and the last report of each reading in each slot of ten minutes. Gaps of
-- up to ten minutes count as reading time, so no gap inside a slot is too long.
create table reading_time (
    reader text not null,
    slot timestamptz not null,
    reading text not null,
    first timestamptz not null,
    last timestamptz not null,
    primary key (reader, slot, reading)
);

-- Read model, with reading_time: when each reading was last finished; null while it is reopened.
create table finished_reading (
    reading text primary key,
    reader text not null,
    version int not null,
    finished_at timestamptz
);

create index finished_reading_of_reader on finished_reading (reader, finished_at);

-- Read model: the readers of each book in the minutes that are not published yet. The rows of a
-- minute are deleted in the statement that publishes it.
create table activity_reader (
    minute timestamptz not null,
    book text not null,
    reader text not null,
    primary key (minute, book, reader)
);

-- Read model, with activity_reader: the published counts, without anything about a reader.
create table activity (
    position bigint primary key,
    minute timestamptz not null,
    book text not null,
    readers int not null
);

create index activity_of_book on activity (book, position);

-- Read model: the readers who have joined each path. The version is that of the last event of
-- the reader's path that was applied.
create table path_membership (
    path text not null,
    reader text not null,
    version int not null,
    joined boolean not null,
    primary key (path, reader)
);

create index path_membership_of_reader on path_membership (reader, path) where joined;

-- Paths whose definition has changed since the gates of their members were last evaluated. Each
-- change has an id of its own, so that a change during the evaluation is not lost.
create table changed_path (
    path text primary key,
    change uuid not null default gen_random_uuid()
);

-- The replica of the catalog, as far as its events have been applied.
create table catalog_cursor (
    only_row boolean primary key default true check (only_row),
    cursor text not null
);

insert into catalog_cursor (cursor) values ('start');

create table book_replica (
    id text primary key,
    title text not null,
    authors text[] not null
);

-- The document is json, not jsonb: it keeps the text of the catalog, whatever that contains.
-- Nobody can join a removed path; its members stay on it.
create table path_replica (
    id text primary key,
    document json not null,
    removed boolean not null default false
);

-- Accounts, and the key that signs their tokens.
create table account (
    reader text primary key,
    name text not null,
    password_hash text not null,
    roles text[] not null,
    created_at timestamptz not null default clock_timestamp()
);

create table signing_key (
    only_row boolean primary key default true check (only_row),
    jwk text not null,
    created_at timestamptz not null default clock_timestamp()
);
