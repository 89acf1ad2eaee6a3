-- What happens on a path is about no book in particular.
alter table event alter column book drop not null;

-- Of the readings of one reader, the latest word on whether each is finished.
create index event_of_finishing on event (reader, stream, version desc)
    where type in ('reading-finished', 'reading-reopened');

-- What gates depend on, to be followed without a look at everything else.
create index event_of_gates on event (position)
    where type in ('reading-finished', 'path-joined', 'path-left', 'gate-passed', 'gate-waived');

-- Who is on which path, as far as its row in projection says. It can be dropped with that
-- row. The version is that of the event that it is from.
create table joined_path (
    path text not null,
    reader text not null,
    version int not null,
    joined boolean not null,
    primary key (path, reader)
);

create index joined_path_of_reader on joined_path (reader, path) where joined;

-- Paths that have become others and whose gates have not been looked at since. A change
-- while they are looked at is another one.
create table changed_path (
    path text primary key,
    change uuid not null default gen_random_uuid()
);
