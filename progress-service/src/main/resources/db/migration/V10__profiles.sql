-- What readers can change about themselves, and the version of it for If-Match.
alter table account
    add column version int not null default 1,
    -- Which reports move the position: those of a later time, or only those that are further.
    add column policy text not null default 'latest' check (policy in ('latest', 'furthest')),
    -- A name of the IANA database; null if the reader has not chosen one.
    add column zone text,
    add column policy_changed_at timestamptz not null default clock_timestamp();

-- Every node asks for the latest changes once a second.
create index account_policy_changed_at on account (policy_changed_at);
comment on index account_policy_changed_at is 'the policies that have changed lately, which every node asks for';
