import { dashboard } from './dashboard.js';
import { graph, stat } from './panels.js';
import { quantiles, rate } from './queries.js';

const BATCH = 'lectern_log_append_batch';

export const log = dashboard('lectern-log', 'Lectern: log and database',
  'Appends, projections, the pool of connections, and the disk.', [
    stat('Not ready', 'short', 'Parts of services that are not ready. Alert: LecternServiceUnready.',
      'count(lectern_ready == 0) or vector(0)', 1),
    stat('Failed appends per minute', 'short', 'Alerts: LecternAppendsFailing, LecternAppendsRefused.',
      '60 * sum(rate(lectern_log_append_failures_total[5m]))', 1),
    stat('Append queue', 'percentunit', 'Alert: LecternAppendQueueLong.',
      'max(lectern_log_append_queue / lectern_log_append_queue_limit)', 0.5),
    stat('Largest lag of a projection', 's', 'Alert: LecternProjectionStalled.',
      'max(lectern_projection_lag_seconds)', 30),
    stat('Waiting for a connection', 'short', 'Alerts: LecternDatabasePoolSlow, LecternDatabasePoolExhausted.',
      'sum(r2dbc_pool_pending_connections)', 16),
    stat('Used disk', 'percentunit', 'Alerts: LecternDiskNearlyFull, LecternDiskFilling.',
      '1 - min(disk_free_bytes / disk_total_bytes)', 0.95),
    graph('Appended events', 'ops', 'All that is committed to the logs.',
      { '{{job}}': rate(`${BATCH}_sum`, 'job') }),
    graph('Duration of an append', 's', 'From its request to its commit, the wait in the queue included.',
      quantiles('lectern_log_append_duration', '', 'job')),
    graph('Events in a transaction', 'short', 'Grows with the load: concurrent appends share a commit.',
      { '{{job}}': `${rate(`${BATCH}_sum`, 'job')} / ${rate(`${BATCH}_count`, 'job')}` }),
    graph('Failed appends', 'ops', 'queue-full: refused before the database was asked.',
      { '{{job}} {{reason}}': rate('lectern_log_append_failures_total', 'job, reason') }),
    graph('Waiting appends and commands', 'short', 'Beyond the limit they are refused with 503.', {
      'appends, {{job}}': 'sum by (job) (lectern_log_append_queue)',
      'limit of appends, {{job}}': 'max by (job) (lectern_log_append_queue_limit)',
      'commands, {{job}}': 'sum by (job) (lectern_command_queue)',
    }),
    graph('Lag of the projections', 's', 'The largest of the last 20 to 30 seconds.',
      { '{{projection}}': 'max by (projection) (lectern_projection_lag_seconds)' }, 30),
    graph('Connections to the database', 'short', 'Further requests wait.', {
      'in use, {{job}}': 'sum by (job) (r2dbc_pool_acquired_connections)',
      'waiting, {{job}}': 'sum by (job) (r2dbc_pool_pending_connections)',
      'limit, {{job}}': 'max by (job) (r2dbc_pool_max_allocated_connections)',
    }),
    graph('Wait for a connection', 's', 'Alert: LecternDatabasePoolSlow.',
      quantiles('lectern_database_acquire', '', 'job'), 0.25),
    graph('Waits for a connection that timed out', 'ops', 'Alert: LecternDatabasePoolExhausted.',
      { '{{job}}': rate('lectern_database_acquire_timeouts_total', 'job') }),
    graph('Free space of the data folder', 'bytes', 'Events are never deleted, so it only shrinks.',
      { '{{path}}': 'min by (path) (disk_free_bytes)' }),
  ]);
