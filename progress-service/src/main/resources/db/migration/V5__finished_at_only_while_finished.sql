-- A reading that was reopened has no finishing time any more. The stored documents of earlier releases kept it.
update current_reading set document = document - 'finishedAt'
where status <> 'finished' and document -> 'finishedAt' is not null;

update reading_snapshot set document = document - 'finishedAt'
where document ->> 'status' <> 'finished' and document -> 'finishedAt' is not null;

update timeline_segment set document = document - 'finishedAt'
where document ->> 'status' <> 'finished' and document -> 'finishedAt' is not null;
