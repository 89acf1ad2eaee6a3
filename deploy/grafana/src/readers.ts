import { dashboard } from './dashboard.js';
import { graph, stat } from './panels.js';
import { quantile, quantiles, rate } from './queries.js';

const GATEWAY = '{job="gateway",uri!~"/actuator.*"}';
const SIGN_INS = '{job="progress-service",method="POST",uri="/api/v1/tokens"}';
const REPORTS = '{job="progress-service",method="POST",uri="/api/v1/readers/{reader}/readings/{reading}/positions"}';

export const readers = dashboard('lectern-readers', 'Lectern: what readers experience',
  'Errors and waiting times as clients see them, beside the objectives of docs/operations.md.', [
    stat('Failed requests', 'percentunit',
      'Answered with 5xx in the last 5 minutes. Objective: 0.1 %. Alert: LecternErrors.',
      'lectern:errors:ratio_rate5m', 0.001),
    stat('Slow reports', 'percentunit', 'Reports over 100 ms. Objective: 1 %. Alert: LecternReportsSlow.',
      'lectern:reports_slow:ratio_rate5m', 0.01),
    stat('Slow reads', 'percentunit', 'Reads over 250 ms. Objective: 1 %. Alert: LecternReadsSlow.',
      'lectern:reads_slow:ratio_rate5m', 0.01),
    stat('Slow deliveries', 'percentunit',
      'Deliveries later than 250 ms. Objective: 1 %. Alert: LecternDeliveriesSlow.',
      'lectern:deliveries_slow:ratio_rate5m', 0.01),
    stat('Last canary', 's', 'Since an event has gone the whole way round. Alert: LecternCanaryAbsent.',
      'max(lectern_canary_age_seconds)', 30),
    stat('Open streams', 'short', 'Clients that listen at the gateway.',
      'sum(lectern_stream_subscribers{job="gateway"})', 12_000),
    graph('Requests by outcome', 'reqps', 'At the gateway, without streams.',
      { '{{outcome}}': rate(`http_server_requests_seconds_count${GATEWAY}`, 'outcome') }),
    graph('Failed requests by route', 'reqps', 'Which route fails, and how. 504: the service does not answer in time '
      + '(alert: LecternGatewayTimeouts); 503: it is away or refuses.',
    { '{{status}} {{method}} {{uri}}': rate('http_server_requests_seconds_count{job="gateway",status=~"5.."}',
      'status, method, uri') }),
    graph('Waiting time by route, p99', 's', 'At the gateway, of all requests that were answered.',
      { '{{method}} {{uri}}': quantile(0.99, 'http_server_requests', GATEWAY, 'method, uri') }),
    graph('Position reports', 's', 'In progress-service. The rest of the waiting time is spent in the gateway.',
      quantiles('http_server_requests', REPORTS), 0.1),
    graph('Delivery to subscribers of shared streams', 's', 'From the commit to the write to the sockets. Alert: '
      + 'LecternDeliveriesSlow.', quantiles('lectern_stream_delivery_lag', '{job="gateway"}', 'stream'), 0.25),
    graph('Delivery to subscribers of private streams', 's', 'From the commit to the write by the gateway. Alert: '
      + 'LecternRelaySlow.', quantiles('lectern_relay_lag', '', 'stream'), 1),
    graph('Canary', 's', 'An event on the whole way: request, commit, feed, gateway, client. Alert: LecternCanarySlow.',
      { ...quantiles('lectern_canary_lag'), age: 'max(lectern_canary_age_seconds)' }, 1),
    graph('Budgets that are used up', 'short', 'How many times faster than the objective of 30 days allows, over an '
      + 'hour. Beyond 14.4 an alert fires.', {
      errors: 'lectern:errors:ratio_rate1h / 0.001',
      reports: 'lectern:reports_slow:ratio_rate1h / 0.01',
      reads: 'lectern:reads_slow:ratio_rate1h / 0.01',
      deliveries: 'lectern:deliveries_slow:ratio_rate1h / 0.01',
    }, 14.4),
    graph('Sign-ins', 'reqps', 'By status; 401 and 429 are refused. Alert: LecternSignInAbuse.',
      { '{{status}}': rate(`http_server_requests_seconds_count${SIGN_INS}`, 'status') }),
    graph('Waiting password checks', 'short',
      'Each takes tens of milliseconds of a core. Alert: LecternPasswordQueueLong.',
      { waiting: 'max(lectern_password_queue)', limit: 'max(lectern_password_queue_limit)' }),
  ]);
