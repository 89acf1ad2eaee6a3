// The meters that the page of operations shows, and how each is read from a snapshot.

const select = (metrics, name, tags = {}) => metrics.filter((meter) => meter.name === name
  && Object.entries(tags).every(([tag, value]) => meter.tags[tag] === value));

const present = (values) => values.filter((value) => value !== undefined);

/** A gauge, added up over its tags. */
const total = (name) => ({ metrics }) => {
  const values = present(select(metrics, name).map((meter) => meter.value));
  return values.length ? values.reduce((sum, value) => sum + value, 0) : null;
};

const largest = (name, member) => ({ metrics }) => {
  const values = present(select(metrics, name).map((meter) => meter[member]));
  return values.length ? Math.max(...values) : null;
};

/** The growth of a counter, or of the count of a timer, in a second. Null after a restart. */
const rate = (name, member, tags) => ({ metrics, before, seconds }) => {
  const sum = (from) => select(from, name, tags).reduce((part, meter) => part + (meter[member] ?? 0), 0);
  const growth = before ? sum(metrics) - sum(before) : -1;
  return growth >= 0 && seconds > 0 ? growth / seconds : null;
};

const quantile = (meter, share) =>
  (job) => `histogram_quantile(${share}, sum by (le) (rate(${meter}_seconds_bucket{job="${job}"}[1m])))`;

const timer = (key, name) => {
  const exported = name.replaceAll('.', '_');
  return [['p50', 0.5], ['p99', 0.99]].map(([member, share]) => ({
    key: `${key}${share * 100}`,
    meter: name,
    unit: 'seconds',
    value: largest(name, member),
    query: quantile(exported, share),
  }));
};

/**
 * `key` names the text and the series; `value` reads `{metrics, before, seconds}` and returns a number, or null if
 * there is none; `query` returns the PromQL of the same for the job of a service.
 */
export const STRIPS = [
  { key: 'subscribers', meter: 'lectern.stream.subscribers', unit: 'number', value: total('lectern.stream.subscribers'),
    query: (job) => `sum(lectern_stream_subscribers{job="${job}"})` },
  { key: 'events', meter: 'lectern.stream.frames', unit: 'rate', value: rate('lectern.stream.frames', 'value'),
    query: (job) => `sum(rate(lectern_stream_frames_total{job="${job}"}[1m]))` },
  ...timer('delivery', 'lectern.stream.delivery.lag'),
  ...timer('append', 'lectern.log.append.duration'),
  { key: 'feed', meter: 'lectern.feed.lag', unit: 'seconds', value: largest('lectern.feed.lag', 'p99'),
    query: quantile('lectern_feed_lag', 0.99) },
  { key: 'projection', meter: 'lectern.projection.lag', unit: 'seconds',
    value: largest('lectern.projection.lag', 'value'),
    query: (job) => `max(lectern_projection_lag_seconds{job="${job}"})` },
  { key: 'acquired', meter: 'r2dbc.pool.acquired', unit: 'number', value: total('r2dbc.pool.acquired'),
    query: (job) => `sum(r2dbc_pool_acquired_connections{job="${job}"})` },
  { key: 'pending', meter: 'r2dbc.pool.pending', unit: 'number', value: total('r2dbc.pool.pending'),
    query: (job) => `sum(r2dbc_pool_pending_connections{job="${job}"})` },
  { key: 'relay', meter: 'reactor.netty.connections.active', unit: 'number',
    value: total('reactor.netty.connections.active'),
    query: (job) => `sum(reactor_netty_connection_provider_active_connections{job="${job}"})` },
  { key: 'errors', meter: 'http.server.requests', unit: 'rate',
    value: rate('http.server.requests', 'count', { outcome: 'SERVER_ERROR' }),
    query: (job) => `sum(rate(http_server_requests_seconds_count{job="${job}",outcome="SERVER_ERROR"}[1m]))` },
  { key: 'memory', meter: 'jvm.memory.used', unit: 'bytes', value: total('jvm.memory.used'),
    query: (job) => `sum(jvm_memory_used_bytes{job="${job}"})` },
];
