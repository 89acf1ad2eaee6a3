-- The open readings of each book and the further ids of readings (ADR 26). Both are maintained by the function
-- append_batch, in the transaction of the events; the migration of that function fills the first table. Both contain
-- personal data: erasing a reader must delete it.
create table open_reading (
    stream text primary key,
    reader text not null,
    book text not null,
    -- The position of the event that started, reopened or resumed the reading.
    position bigint not null,
    -- A removed reading is not open, but is again when it is returned.
    removed boolean not null default false
);

create index open_reading_of_book on open_reading (reader, book, position desc) where not removed;

comment on index open_reading_of_book is 'the open reading of a book that a start is answered with: append_batch';

-- An id that a client chose for a start, and the reading with which that start was answered.
create table reading_alias (
    id text primary key,
    stream text not null,
    reader text not null
);

-- The position of the last event of each reading; null in rows that a release before this one has inserted.
alter table current_reading add column last_position bigint;
update current_reading
set last_position = (select position from event where event.stream = current_reading.id::text
                     order by version desc limit 1);

-- A removed reading counts in no statistics. Removal has a version of its own, because finishes and removals of a
-- page of events are stored one after the other.
alter table finished_reading
    add column removed boolean not null default false,
    add column removal_version int not null default 0;

-- The latest event of each reading of a reader that says whether the reading is removed.
create index event_of_removal on event (reader, stream, version desc)
    where type in ('reading-removed', 'reading-returned');

comment on index event_of_removal is 'the readings that a reader has removed: EventsByType';

-- The process manager of gates also follows returned readings. An earlier release, which does not, still uses the index.
drop index event_of_gates;

create index event_of_gates on event (position)
    where type in ('reading-finished', 'reading-returned', 'path-joined', 'path-left', 'gate-passed', 'gate-waived');

comment on index event_of_gates is 'the events that the process manager of gates follows: EventsByType';
