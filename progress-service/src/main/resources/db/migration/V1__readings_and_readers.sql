-- The log. Its head gives out positions in the order of commits; its epoch is the log's
-- identity and is minted again by every restore from a backup.
create table log_head (
    only_row boolean primary key default true check (only_row),
    epoch text not null,
    position bigint not null,
    received_at timestamptz not null
);

insert into log_head (epoch, position, received_at)
values (substr(replace(gen_random_uuid()::text, '-', ''), 1, 12), 0, clock_timestamp());

create table event (
    position bigint primary key,
    stream text not null,
    version int not null,
    reader text not null,
    type text not null,
    book text not null,
    occurred_at timestamptz not null,
    received_at timestamptz not null,
    data jsonb not null,
    unique (stream, version)
);

create index event_of_reader on event (reader, position);

-- Views of the log, each as far as its projection has come. They can be dropped.
create table projection (
    name text primary key,
    position bigint not null
);

create table current_reading (
    id uuid primary key,
    reader text not null,
    status text not null,
    document jsonb not null
);

create index current_reading_of_reader on current_reading (reader, id);

-- What is known of the catalog, as far as its events have been followed.
create table catalog_cursor (
    only_row boolean primary key default true check (only_row),
    cursor text not null
);

insert into catalog_cursor (cursor) values ('start');

create table known_book (
    id text primary key,
    title text not null,
    authors text[] not null
);

-- json, not jsonb: kept as it came, whatever it holds.
create table known_path (
    id text primary key,
    document json not null
);

-- Readers and the key that signs their tokens.
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
