-- A record of a command refers to the events of its stream instead of containing the response (ADR 18). The response
-- stays for answers about paths, which depend on the catalog of their time, and in the records of earlier releases.
alter table idempotency_record
    alter column response drop not null,
    -- The stream, and its version after the command.
    add column stream text,
    add column version int,
    -- How many events the command made; 0 if it changed nothing.
    add column event_count int,
    add check (response is not null or (stream is not null and version is not null and event_count is not null));
