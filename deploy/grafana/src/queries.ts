// Forms of queries that several panels use.

/** The rate of a counter, added up by labels. */
export const rate = (counter: string, by = ''): string =>
  `sum${by && ` by (${by})`} (rate(${counter}[$__rate_interval]))`;

/** A quantile of a timer in seconds. */
export function quantile(share: number, timer: string, selector = '', by = ''): string {
  const buckets = `rate(${timer}_seconds_bucket${selector}[$__rate_interval])`;
  return `histogram_quantile(${share}, sum by (le${by && `, ${by}`}) (${buckets}))`;
}

/** Median and 99th percentile of a timer, by one label. */
export const quantiles = (timer: string, selector = '', by = ''): Record<string, string> => ({
  [`p50${by && ` {{${by}}}`}`]: quantile(0.5, timer, selector, by),
  [`p99${by && ` {{${by}}}`}`]: quantile(0.99, timer, selector, by),
});
