-- Readers whose export is being imported. Meanwhile their gates are not evaluated, because the import brings the events
-- of gates that were passed. A process that has died does not move the time ahead any more.
create table reader_import (
    reader text primary key,
    expires_at timestamptz not null
);
