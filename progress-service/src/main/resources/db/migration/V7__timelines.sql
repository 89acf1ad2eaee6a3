-- Readings in the order in which their events occurred, whenever they were told (ADR 11): which
-- events that were, a hundred to a segment, and the reading as the last of them left it, if that
-- has been found out. A view like the others: both can be dropped, with their row in projection.
-- They have what was read in them: whoever erases a reader erases them, too.
create table timeline (
    stream text primary key,
    reader text not null,
    -- The last event that has its place.
    through int not null,
    -- The time of the last word on the reading itself, in microseconds since 1970 as all times here.
    said bigint not null
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

create index timeline_segment_untold on timeline_segment (stream) where document is null;
