-- The first answers to commands that came with a key, so that a repeat is told the same. Those
-- without an end are kept as long as the log. They name a reader and say what was read: whoever
-- erases a reader erases them, too.
create table command (
    reader text not null,
    key text not null,
    hash text not null,
    answer text not null,
    kept_until timestamptz,
    primary key (reader, key)
);

create index command_to_forget on command (kept_until) where kept_until is not null;
