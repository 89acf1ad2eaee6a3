-- A session begins with a sign-in and gives tokens until it ends. A row exists as long as
-- the session does.
create table session (
    id uuid primary key default gen_random_uuid(),
    reader text not null references account on delete cascade,
    client text not null,
    created_at timestamptz not null,
    renewed_at timestamptz not null,
    expires_at timestamptz not null
);

create index session_of_reader on session (reader, id);
comment on index session_of_reader is 'SessionRepository: list and end the sessions of a reader';

create index session_expiry on session (expires_at);
comment on index session_expiry is 'SessionRepository: delete expired sessions';

-- Sessions that were ended while tokens of theirs may be unexpired. All services follow
-- this log. It contains nothing that leads to a reader.
create table revocation (
    position bigint generated always as identity primary key,
    session uuid not null,
    revoked_at timestamptz not null
);

-- Whatever deletes a session revokes it, so that no way of ending one can forget to.
create function revoke_deleted_sessions() returns trigger language plpgsql as $$
begin
    if exists (select from deleted where expires_at > clock_timestamp()) then
        -- Until the commit no other transaction takes positions, so they follow the order of
        -- commits. Readers are not blocked.
        lock table revocation in share row exclusive mode;
        insert into revocation (session, revoked_at)
        select id, clock_timestamp() from deleted where expires_at > clock_timestamp();
    end if;
    return null;
end
$$;

create trigger session_deleted after delete on session
referencing old table as deleted
for each statement execute function revoke_deleted_sessions();

-- A changed password ends all sessions, whoever changes it. A sign-in holds the row of the
-- account while it adds its session, so none with the old password is added later.
create function end_sessions_of_account() returns trigger language plpgsql as $$
begin
    delete from session where reader = new.reader;
    return null;
end
$$;

create trigger account_password_changed after update of password_hash on account
for each row when (old.password_hash is distinct from new.password_hash)
execute function end_sessions_of_account();
