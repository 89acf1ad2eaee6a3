-- Nobody joins a path that the catalog has removed; those who are on it walk on.
alter table known_path add column removed boolean not null default false;

-- Removals were passed over until now: the catalog is read again.
update catalog_cursor set cursor = 'start';
