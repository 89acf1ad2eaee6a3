-- Each index and the query that needs it. A test refuses an index without a comment. The indexes of
-- the schema search are explained in R__search.sql, which creates them.
comment on index change_subject is 'the events of one book or path in the order of the log: ChangeLog, CatalogSnapshotReader';
comment on index book_fingerprint_book is 'the fingerprints of a book that is removed, which the foreign key deletes';
comment on index path_gates is 'the paths that have a book as a step: PathBookReferences';
comment on index idempotency_record_by_expiry is 'the expired records that are deleted: IdempotencyStore';
