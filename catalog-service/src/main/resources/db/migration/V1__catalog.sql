-- The head of the change log. Its epoch is minted here: a new log, a new epoch.
create table log_head (
    only_row boolean primary key default true check (only_row),
    epoch text not null,
    position bigint not null,
    received_at timestamptz not null
);
insert into log_head (epoch, position, received_at)
values (substr(replace(gen_random_uuid()::text, '-', ''), 1, 12), 0, now());

-- json, not jsonb: an event is shown for ever with the bytes it was written with.
create table change (
    position bigint primary key,
    type text not null,
    subject text collate "C" not null,
    version bigint not null,
    received_at timestamptz not null,
    data json not null
);
create index change_of_subject on change (subject, position);

-- Words as they stand, without their accents. Any owner of a database may create the extension.
create extension if not exists unaccent;
create text search configuration catalog (copy = simple);
alter text search configuration catalog alter mapping for word, hword, hword_part with unaccent, simple;

-- The weights: titles before authors before topics. All is there to be searched by one index.
create table book (
    id text collate "C" primary key,
    version bigint not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    document jsonb not null,
    search tsvector not null generated always as (
        setweight(to_tsvector('catalog', document ->> 'title'), 'A')
        || setweight(to_tsvector('catalog', document -> 'otherTitles'), 'A')
        || setweight(to_tsvector('catalog', document -> 'authors'), 'B')
        || setweight(to_tsvector('catalog', document -> 'topics'), 'C')
    ) stored
);
create index book_search on book using gin (search);

-- What makes two items of a list the same book; the first that brings a key keeps it.
create table book_key (
    key text collate "C" primary key,
    book text collate "C" not null references book (id)
);

create table path (
    id text collate "C" primary key,
    version bigint not null,
    created_at timestamptz not null,
    changed_at timestamptz not null,
    document jsonb not null
);

-- Has a row once the first books and the path are in: what is taken out later stays out.
create table seeded (
    only_row boolean primary key default true check (only_row),
    done_at timestamptz not null default now()
);

create table import (
    id text collate "C" primary key,
    -- The last line accounted for: a batch that is tried again counts once.
    through integer not null default 0,
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

create table import_refusal (
    import text collate "C" not null references import (id),
    line integer not null,
    reason text not null,
    text text not null,
    primary key (import, line)
);
