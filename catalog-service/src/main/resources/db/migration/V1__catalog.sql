-- The schema of the catalog, without search: R__search.sql adds that. From the first release on this file stays as
-- it is, and a change of the schema is a new migration.

-- The head of the change log: the position and time of the last change. Every write locks this row (ADR 2). The
-- epoch is created with the log and identifies it in cursors.
create table log_head (
    only_row boolean primary key default true check (only_row),
    epoch text not null,
    position bigint not null,
    received_at timestamptz not null
);
insert into log_head (epoch, position, received_at)
values (substr(replace(gen_random_uuid()::text, '-', ''), 1, 12), 0, now());

-- The change log. The type is json, not jsonb, because an event keeps the exact text that it was written with.
create table change (
    position bigint primary key,
    type text not null,
    subject text collate "C" not null,
    version bigint not null,
    received_at timestamptz not null,
    data json not null
);
create index change_subject on change (subject, position);

-- The document is the JSON of the response to a GET, byte for byte (ADR 16): hence json, not jsonb. Books that rank
-- equally in a search are listed by their number, the oldest first.
create table book (
    id text collate "C" primary key,
    number bigint not null generated always as identity unique,
    version bigint not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    document json not null
);
-- Lists read many documents. By default, those over 2 KB would be compressed or stored outside of their row.
alter table book set (toast_tuple_target = 8160);

-- The fingerprints by which an imported book is recognised (ADR 5). The first book that has one keeps it.
create table book_fingerprint (
    fingerprint text collate "C" primary key,
    book text collate "C" not null references book (id) on delete cascade
);
create index book_fingerprint_book on book_fingerprint (book);

create table path (
    id text collate "C" primary key,
    version bigint not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    document jsonb not null
);
-- Finds the paths that have a book as a step.
create index path_gates on path using gin ((document -> 'gates') jsonb_path_ops);

-- The ids of removed books and paths, which are never reused (ADR 13).
create table tombstone (
    kind text not null check (kind in ('book', 'path')),
    id text collate "C" not null,
    removed_at timestamptz not null,
    primary key (kind, id)
);

-- The first responses to commands that had an idempotency key, so that a repeated command gets the same response.
create table idempotency_record (
    reader text not null,
    key text not null,
    hash text not null,
    response text not null,
    expires_at timestamptz not null,
    primary key (reader, key)
);
create index idempotency_record_by_expiry on idempotency_record (expires_at);

-- Has a row as soon as the first books and their path were written: what is removed later stays removed.
create table seeding_complete (
    only_row boolean primary key default true check (only_row),
    completed_at timestamptz not null default now()
);

create table import (
    id text collate "C" primary key,
    -- The last line that is counted: a batch that is written again after a failure counts once.
    last_line integer not null default 0,
    state text not null check (state in ('running', 'done', 'failed')),
    source text,
    language text,
    started_at timestamptz not null,
    ended_at timestamptz,
    added bigint not null default 0,
    changed bigint not null default 0,
    unchanged bigint not null default 0,
    merged bigint not null default 0,
    refused bigint not null default 0
);

-- The lines that an import refused. The pointer is a JSON pointer to the invalid member of a document.
create table import_refusal (
    import text collate "C" not null references import (id),
    line integer not null,
    reason text not null,
    pointer text,
    text text not null,
    primary key (import, line)
);
