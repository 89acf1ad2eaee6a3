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
-- An append that opens a reading can require that no other reading of the book is open. An append to a reading can give
-- it a further id. These arrays are empty in nearly all batches; they also name their append by its index (ADR 26).
--
-- Each append has a verdict: 0 it is stored, 1 its stream does not have the expected version, 2 its key is used, 3 what
-- it claims belongs to another stream, its holder, 4 its reader is erased. An erasure locks the head, too, so no append
-- is committed after it (ADR 32). The stored events have the positions after last_position, in the
-- order of the batch and without gaps.

-- The form of the release before claims. Its calls are calls of the new form without claims.
drop function if exists append_batch(
    text[], int[], int[], text[], int[], text[], text[], text[], timestamptz[], text[],
    int[], text[], text[], text[], bigint[], text[], text[], int[], int[]);

-- Apply the events after a position to the open readings. What is open is decided by the types of the events alone, so
-- that it is also right for events that an earlier release appends. The stubs of erased readers are left out.
create or replace function update_open_readings(after_position bigint) returns void
language plpgsql volatile
as $$
begin
    with last_change as (
        select distinct on (stream) stream, reader, book, position, type
        from event
        where position > after_position and type in
            ('reading-started', 'reading-finished', 'reading-reopened', 'reading-abandoned', 'reading-resumed')
            and reader not like '~%'
        order by stream, version desc),
    closed as (
        delete from open_reading using last_change
        where open_reading.stream = last_change.stream
            and last_change.type in ('reading-finished', 'reading-abandoned'))
    insert into open_reading (stream, reader, book, position)
    select stream, reader, book, position from last_change
    where type in ('reading-started', 'reading-reopened', 'reading-resumed')
    on conflict (stream) do update set position = excluded.position;

    update open_reading set removed = last_change.type = 'reading-removed'
    from (
        select distinct on (stream) stream, type
        from event
        where position > after_position and type in ('reading-removed', 'reading-returned') and reader not like '~%'
        order by stream, version desc) as last_change
    where open_reading.stream = last_change.stream;
end
$$;

create or replace function append_batch(
    streams text[], expected_versions int[],
    append_of_event int[], event_streams text[], versions int[], readers text[], types text[], books text[],
    occurred timestamptz[], documents text[],
    append_of_record int[], record_readers text[], keys text[], hashes text[], retention_seconds bigint[],
    responses text[], record_streams text[], record_versions int[], event_counts int[],
    opening_appends int[] default '{}', opening_readers text[] default '{}', opening_books text[] default '{}',
    exclusive_openings boolean[] default '{}',
    alias_appends int[] default '{}', alias_readers text[] default '{}', aliases text[] default '{}',
    out log_epoch text, out last_position bigint, out appended_at timestamptz, out verdicts int[],
    out holders text[])
language plpgsql volatile
-- The plans are made once for each connection, even if that is when the tables are still empty. Each row is found by
-- an index, whatever the statistics say.
set enable_seqscan = off
set plan_cache_mode = force_generic_plan
as $$
declare
    erased int[] := '{}';
    used_keys int[] := '{}';
    unused_positions int := 0;
begin
    update log_head
    set position = log_head.position + cardinality(append_of_event),
        received_at = greatest(log_head.received_at, clock_timestamp())
    returning log_head.epoch, log_head.position - cardinality(append_of_event), log_head.received_at
    into log_epoch, last_position, appended_at;

    -- Nearly always empty.
    if exists (select from erasure) then
        erased := array(
            select append from unnest(append_of_event, readers) as added (append, reader) join erasure using (reader)
            union all
            select append from unnest(append_of_record, record_readers) as added (append, reader)
            join erasure using (reader)
            union all
            select append from unnest(alias_appends, alias_readers) as added (append, reader)
            join erasure using (reader));
    end if;

    if cardinality(keys) > 0 then
        used_keys := array(
            select added.append
            from unnest(append_of_record, record_readers, keys) as added (append, reader, key)
            join idempotency_record using (reader, key));
    end if;

    -- Reads only the last index entry of each stream, however long the stream is.
    verdicts := array(
        select case
            when added.append = any (erased) then 4
            when added.append = any (used_keys) then 2
            when added.expected_version <> coalesce(
                (select max(event.version) from event where event.stream = added.stream), 0) then 1
            else 0 end
        from unnest(streams, expected_versions) with ordinality as added (stream, expected_version, append)
        order by added.append);

    if cardinality(opening_appends) > 0 or cardinality(alias_appends) > 0 then
        holders := array(
            select case
                when opening.append is not null then coalesce(
                    (select alias.stream from reading_alias as alias where alias.id = added.stream),
                    (select other.stream from open_reading as other
                     where opening.exclusive and other.reader = opening.reader and other.book = opening.book
                         and not other.removed and other.stream <> added.stream
                     order by other.position desc limit 1))
                when named.append is not null then coalesce(
                    (select alias.stream from reading_alias as alias
                     where alias.id = named.id and alias.stream <> added.stream),
                    (select event.stream from event where event.stream = named.id limit 1)) end
            from unnest(streams) with ordinality as added (stream, append)
            left join unnest(opening_appends, opening_readers, opening_books, exclusive_openings)
                as opening (append, reader, book, exclusive) on opening.append = added.append
            left join unnest(alias_appends, aliases) as named (append, id) on named.append = added.append
            order by added.append);
        verdicts := array(
            select case when decided.verdict = 0 and holders[decided.append] is not null then 3
                else decided.verdict end
            from unnest(verdicts) with ordinality as decided (verdict, append)
            order by decided.append);
    end if;

    insert into event (position, stream, version, reader, type, book, occurred_at, received_at, data)
    select last_position + row_number() over (order by added.number),
        added.stream, added.version, added.reader, added.type, added.book, added.occurred_at,
        appended_at, added.document::jsonb
    from unnest(append_of_event, event_streams, versions, readers, types, books, occurred, documents) with ordinality
        as added (append, stream, version, reader, type, book, occurred_at, document, number)
    where verdicts[added.append] = 0;

    if types && array['reading-started', 'reading-finished', 'reading-reopened', 'reading-abandoned',
            'reading-resumed', 'reading-removed', 'reading-returned'] then
        perform update_open_readings(last_position);
    end if;

    if cardinality(alias_appends) > 0 then
        insert into reading_alias (id, stream, reader)
        select added.id, streams[added.append], added.reader
        from unnest(alias_appends, alias_readers, aliases) as added (append, reader, id)
        where verdicts[added.append] = 0
        on conflict (id) do nothing;
    end if;

    if 0 <> any (verdicts) then
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

-- Rebuild the open readings from the log, whatever an earlier release has appended while the schema was migrated. No
-- append is committed meanwhile.
do $$
begin
    perform from log_head for update;
    delete from open_reading;
    perform update_open_readings(0);
end
$$;
