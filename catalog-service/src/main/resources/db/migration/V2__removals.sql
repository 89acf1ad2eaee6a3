-- Ids that were in use: they are never given to anything else.
create table removed_id (
    kind text not null check (kind in ('book', 'path')),
    id text collate "C" not null,
    removed_at timestamptz not null,
    primary key (kind, id)
);

-- A book takes the keys that it is known by with it.
create index book_key_of_book on book_key (book);
alter table book_key
    drop constraint book_key_book_fkey,
    add foreign key (book) references book (id) on delete cascade;

-- Finds the paths that a book is a step of.
create index path_gates on path using gin ((document -> 'gates') jsonb_path_ops);

-- The first answers to commands that came with a key, so that a repeat is told the same.
create table command (
    reader text not null,
    key text not null,
    hash text not null,
    answer text not null,
    kept_until timestamptz not null,
    primary key (reader, key)
);
create index command_to_forget on command (kept_until);
