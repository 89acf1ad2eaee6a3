-- Which process runs an import, and when it was last known to run. An import of a process that has ended is
-- called failed by another one. The columns are null for an import that an earlier release has started.
alter table import add column owner text;
alter table import add column heartbeat_at timestamptz;

create index import_running on import (owner) where state = 'running';
comment on index import_running is 'the running imports, among all that have ended: ImportHeartbeat';
