import { dashboard } from './dashboard.js';
import { graph, stat } from './panels.js';
import { quantile, rate } from './queries.js';

const LOST_UPSTREAM = 'count(lectern_edge_upstreams{stream!~".*{.*"} == 0) or vector(0)';

export const streams = dashboard('lectern-streams', 'Lectern: streams',
  'Who listens, what is delivered, and why connections end.', [
    stat('Open at the gateway', 'short', 'Connections of clients.', 'sum(lectern_stream_subscribers{job="gateway"})',
      12_000),
    stat('Share of the limit', 'percentunit', 'Alert: LecternStreamsNearLimit.',
      'max(sum by (job, instance) (lectern_stream_subscribers)'
        + ' / max by (job, instance) (lectern_stream_subscribers_limit))',
      0.8),
    stat('Shared streams without upstream', 'short', 'Alert: LecternSharedStreamDetached.', LOST_UPSTREAM, 1),
    stat('Refused per second', 'ops', 'For any limit. Alert, for that of all streams: LecternStreamsRefused.',
      'sum(rate(lectern_stream_refused_total{job="gateway"}[5m])) or vector(0)', 0.1),
    stat('Slow clients per minute', 'short', 'Alert: LecternSlowClients.',
      '60 * (sum(rate(lectern_stream_closed_total{job="gateway",reason="slow"}[10m])) or vector(0))', 2),
    stat('Running replays', 'percentunit',
      'Reads of pages that run or wait, as a share of how many run at once. Alert: LecternReplaysWaiting.',
      'max(lectern_stream_replays / lectern_stream_replays_limit)', 1),
    graph('Open streams', 'short', 'By service. The gateway is the only client of the other two.',
      { '{{job}} {{stream}}': 'sum by (job, stream) (lectern_stream_subscribers{job=~"$job"})' }),
    graph('Frames written', 'ops', 'To all connections, control frames included.',
      { '{{job}} {{stream}}': rate('lectern_stream_frames_total{job=~"$job"}', 'job, stream') }),
    graph('Delivery, p99', 's', 'From the commit until the event is written to all subscribers that are up to date.',
      { '{{job}} {{stream}}': quantile(0.99, 'lectern_stream_delivery_lag', '{job=~"$job"}', 'job, stream') }),
    graph('Feed, p99', 's',
      'From the commit until the frame is in the ring. Alerts: LecternFeedSlow, LecternFeedStalled.',
      { '{{job}} {{stream}}': quantile(0.99, 'lectern_feed_lag', '{job=~"$job"}', 'job, stream') }),
    graph('Relayed private streams, p99', 's', 'From the commit to the write by the gateway. Alert: LecternRelaySlow.',
      { '{{stream}}': quantile(0.99, 'lectern_relay_lag', '', 'stream') }),
    graph('Upstreams of the gateway', 'short', 'One per shared stream, one per client of a private stream.',
      { '{{stream}}': 'sum by (stream) (lectern_edge_upstreams)' }),
    graph('Why connections end', 'ops', 'age, gone, drain and signed-out are usual; slow and error are not.',
      { '{{reason}} {{stream}}': rate('lectern_stream_closed_total{job="gateway"}', 'reason, stream') }),
    graph('Refused connections', 'ops', 'By the limit that was reached.',
      { '{{reason}} {{stream}}': rate('lectern_stream_refused_total{job="gateway"}', 'reason, stream') }),
    graph('Cursors that could not be used', 'ops', 'foreign-epoch is usual after a restore from a backup.',
      { '{{reason}} {{stream}}': rate('lectern_stream_resets_total{job="gateway"}', 'reason, stream') }),
    graph('Pages of the log for single connections', 'ops', 'Replays, resumes and clients that are behind the ring.',
      { '{{job}} {{stream}}': rate('lectern_stream_replay_pages_total{job=~"$job"}', 'job, stream') }),
    graph('Catch-up and replays at once', 'short', 'Further ones wait.', {
      '{{job}}': 'sum by (job) (lectern_stream_replays{job=~"$job"})',
      'limit of {{job}}': 'max by (job) (lectern_stream_replays_limit{job=~"$job"})',
    }),
    graph('Canary failures', 'ops', 'The step says how far the event came.',
      { '{{step}}': rate('lectern_canary_failures_total', 'step') }),
  ]);
