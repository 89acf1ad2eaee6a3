-- The position that each process manager has reached (ADR 20). The table is apart from that of the
-- projections, because a process manager issues commands: it is never run again from the beginning.
-- One without a row starts at the end of the log.
create table process_manager (
    name text primary key,
    position bigint not null
);

-- So far one position was that of the process manager of gates and that of the memberships.
insert into process_manager (name, position)
select 'gates', coalesce((select position from projection where name = 'path-membership'), 0);

-- It was the position of the last event that concerns a path. Now it is one of the whole log, and
-- the events in between, which concern none, need not be read.
insert into projection (name, position)
values ('path-membership', 0)
on conflict do nothing;

update projection
set position = coalesce(
    (select min(event.position) - 1 from event
     where event.position > projection.position
         and type in ('reading-finished', 'path-joined', 'path-left', 'gate-passed', 'gate-waived')),
    log_head.position)
from log_head
where name = 'path-membership';

-- The snapshots are now taken by the projection of the current readings. The row of the
-- projection that took them is left, in case that the release before this one is started again.

-- Rows that are updated with each report find space for their new version on their own page, and
-- none of their indexed columns changes, so that no index is written (heap-only tuples).
alter table current_reading set (fillfactor = 70);
alter table reading_time set (fillfactor = 70);

-- Each index and the query that needs it. A test refuses an index without a comment.
comment on index event_of_reader is 'the events of a reader in the order of the log: streams, replays, past statistics';
comment on index event_of_finishing is 'the books that a reader has finished: EventsByType';
comment on index event_of_gates is 'the events that the process manager of gates follows: EventsByType';
comment on index event_of_checkpoints is 'the events that the projection of timelines follows: PostgresEventLog';
comment on index event_of_starts is 'the readings of a reader as of a position: EventsByType';
comment on index idempotency_record_by_expiry is 'the expired records that are deleted: StoredResponseCleaner';
comment on index current_reading_of_reader is 'the list of a reader''s readings: CurrentReadings';
comment on index timeline_segment_by_time is 'the part of a timeline around an instant: TimelineSegments';
comment on index timeline_segment_unfolded is 'the segments that a late event has shifted: TimelineSegments';
comment on index finished_reading_of_reader is 'the readings that a reader finished in a period: ReadingTimes';
comment on index activity_of_book is 'the public activity of one book: ActivityLog';
comment on index path_membership_of_reader is 'the paths that a reader has joined: PathMembershipProjection';
