-- When each reading was read, in slots of ten minutes: within one no gap is too long to count.
-- Both can be dropped with their row in projection.
create table reading_time (
    reader text not null,
    slot timestamptz not null,
    reading text not null,
    first timestamptz not null,
    last timestamptz not null,
    primary key (reader, slot, reading)
);

-- Of every reading that was ever finished, the latest word.
create table finished_reading (
    reading text primary key,
    reader text not null,
    version int not null,
    finished_at timestamptz
);

create index finished_reading_of_reader on finished_reading (reader, finished_at);
