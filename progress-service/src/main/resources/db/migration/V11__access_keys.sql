-- Secrets for programs and e-readers. A secret has 80 random bits, so its digest needs
-- neither salt nor a slow function. Nothing stored here opens anything.
create table access_key (
    id uuid primary key default gen_random_uuid(),
    reader text not null references account on delete cascade,
    name text not null,
    -- SHA-256 of the secret.
    digest bytea not null unique,
    -- SHA-256 of the secret's MD5 in hexadecimal digits, which is all that e-readers send.
    md5_digest bytea not null,
    created_at timestamptz not null,
    last_used_at timestamptz
);

create index access_key_of_reader on access_key (reader, id);
comment on index access_key_of_reader is 'AccessKeyRepository: list and count the keys of a reader';

-- Services reject tokens that name any id in the table revocation: that of a session or of a
-- key that was deleted, or that of the roles which an account had until they were changed.
comment on column revocation.session is 'a session, a key, or the former roles of an account';

create function revoke_tokens(ids uuid[]) returns void language plpgsql as $$
begin
    -- As in revoke_deleted_sessions: positions follow the order of commits.
    lock table revocation in share row exclusive mode;
    insert into revocation (session, revoked_at) select id, clock_timestamp() from unnest(ids) as id;
end
$$;

create function revoke_deleted_access_keys() returns trigger language plpgsql as $$
begin
    if exists (select from deleted) then
        perform revoke_tokens(array(select id from deleted));
    end if;
    return null;
end
$$;

create trigger access_key_deleted after delete on access_key
referencing old table as deleted
for each statement execute function revoke_deleted_access_keys();

-- Tokens contain roles and their id. Sessions and keys go on when the roles change, whoever
-- changes them, but all need new tokens.
alter table account add column roles_id uuid not null default gen_random_uuid();

create function replace_roles_id() returns trigger language plpgsql as $$
begin
    perform revoke_tokens(array[old.roles_id]);
    new.roles_id := gen_random_uuid();
    return new;
end
$$;

create trigger account_roles_changed before update of roles on account
for each row when (old.roles is distinct from new.roles)
execute function replace_roles_id();
