-- When a count was published. A minute is published some time after its end, after an outage much later, so a
-- stream that starts at an instant cannot select by the minute. The default also serves a release before this one,
-- which does not name the column.
alter table activity add column published_at timestamptz;
update activity set published_at = minute + interval '1 minute';
alter table activity alter column published_at set default clock_timestamp(), alter column published_at set not null;
