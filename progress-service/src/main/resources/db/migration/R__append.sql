-- The append of a batch in one round trip (ADR 18). Nothing is stored in this file, so it is edited in place: Flyway
-- runs it again when it has changed.

-- Append the events of a batch of commands, and their idempotency records.
--
-- The batch has at most one append of each stream and of each key, so no append depends on another of its batch. The
-- first arrays have an element for each append, the next for each event, the last for each record; an event and a
-- record name their append by its index from 1.
--
-- The head of the log is locked first. A statement sees what was committed before it began, so the later statements
-- see all appends of other nodes, and no further one can be committed before this one. This needs a function that is
-- volatile and the isolation level "read committed".
--
-- Each append has a verdict: 0 it is stored, 1 its stream does not have the expected version, 2 its key is used. The
-- stored events have the positions after last_position, in the order of the batch and without gaps.
create or replace function append_batch(
    streams text[], expected_versions int[],
    append_of_event int[], event_streams text[], versions int[], readers text[], types text[], books text[],
    occurred timestamptz[], documents text[],
    append_of_record int[], record_readers text[], keys text[], hashes text[], retention_seconds bigint[],
    responses text[], record_streams text[], record_versions int[], event_counts int[],
    out log_epoch text, out last_position bigint, out appended_at timestamptz, out verdicts int[])
language plpgsql volatile
-- The plans are made once for each connection, even if that is when the tables are still empty. Each row is found by
-- an index, whatever the statistics say.
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
    used_keys int[] := '{}';
    unused_positions int := 0;
begin
    update log_head
    set position = log_head.position + cardinality(append_of_event),
        received_at = greatest(log_head.received_at, clock_timestamp())
    returning log_head.epoch, log_head.position - cardinality(append_of_event), log_head.received_at
    into log_epoch, last_position, appended_at;

    if cardinality(keys) > 0 then
        used_keys := array(
            select added.append
            from unnest(append_of_record, record_readers, keys) as added (append, reader, key)
            join idempotency_record using (reader, key));
    end if;

    -- Reads only the last index entry of each stream, however long the stream is.
    verdicts := array(
        select case
            when added.append = any (used_keys) then 2
            when added.expected_version <> coalesce(
                (select max(event.version) from event where event.stream = added.stream), 0) then 1
            else 0 end
        from unnest(streams, expected_versions) with ordinality as added (stream, expected_version, append)
        order by added.append);

    insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data)
    select last_position + row_number() over (order by added.number),
        added.stream, added.version, added.reader, added.type, added.book, added.occurred_at,
        appended_at, added.document::jsonb
    from unnest(append_of_event, event_streams, versions, readers, types, books, occurred, documents) with ordinality
        as added (append, stream, version, reader, type, book, occurred_at, document, number)
    where verdicts[added.append] = 0;

    if 1 = any (verdicts) or 2 = any (verdicts) then
        select count(*) into unused_positions
        from unnest(append_of_event) as append where verdicts[append] <> 0;
        update log_head set position = log_head.position - unused_positions;
    end if;

    -- Sent with the commit.
    perform pg_notify('lectern_log', (last_position + cardinality(append_of_event) - unused_positions)::text);

    if cardinality(keys) > 0 then
        insert into idempotency_record (reader, key, hash, expires_at, response, stream, version, event_count)
        select added.reader, added.key, added.hash, clock_timestamp() + added.seconds * interval '1 second',
            added.response, added.stream, added.version, added.event_count
        from unnest(append_of_record, record_readers, keys, hashes, retention_seconds, responses, record_streams,
                record_versions, event_counts)
            as added (append, reader, key, hash, seconds, response, stream, version, event_count)
        where verdicts[added.append] = 0;
    end if;
end
$$;
