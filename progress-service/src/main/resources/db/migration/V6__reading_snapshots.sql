-- Readings as they were every hundred events, so that a look at the past of a long one reads
-- little of it (ADR 11). A view like the others: it can be dropped, and its row in projection
-- with it. It has what was read in it: whoever erases a reader erases it, too.
create table reading_snapshot (
    stream text not null,
    position bigint not null,
    version int not null,
    reader text not null,
    document jsonb not null,
    primary key (stream, position)
);

-- What snapshots are made at: one in a hundred events is in it.
create index event_of_milestones on event (position) where version % 100 = 0;

-- The readings that a reader had begun, in the order that they are listed in.
create index event_of_starts on event (reader, stream) where type = 'reading-started';
