-- The editions of each book, as the catalog's JSON array (ADR 27). The rows that exist have none: they are copied from
-- the catalog in the background, since a replica that followed the whole stream again would for a while contain
-- removed books and old paths.
alter table book_replica add column editions json;

create index book_replica_without_editions on book_replica (id) where editions is null;
comment on index book_replica_without_editions is 'the books whose editions are to be copied: EditionBackfill';
