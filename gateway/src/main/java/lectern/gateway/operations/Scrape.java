package lectern.gateway.operations;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The metrics of one service from one poll. */
final class Scrape {

	private static final String TYPE = "# TYPE ";

	private static final String MAX = "_max";

	private final Map<MetricSeries, SampleAccumulator> accumulators = new LinkedHashMap<>();

	/** Names of histograms and summaries, which have several samples each. */
	private final Set<String> distributionNames = new HashSet<>();

	/** The metric family of the lines being parsed. */
	private String family = "";

	private @Nullable ExposedMeter meter;

	private Scrape() {
	}

	/** Parse the exported metrics of a service; malformed lines are skipped. */
	static Scrape parse(String exported) {
		Scrape scrape = new Scrape();
		exported.lines().forEach(scrape::parseLine);
		return scrape;
	}

	private void parseLine(String line) {
		if (line.startsWith(TYPE)) {
			String[] words = line.substring(TYPE.length()).split(" ", 2);
			startFamily(words[0], words[words.length - 1]);
		}
		// Lines of meters that are not shown are not parsed; those are most.
		else if (this.meter != null) {
			ExposedMeter exposed = this.meter;
			Sample.parse(line)
				.filter((sample) -> Double.isFinite(sample.value()) && !exposed.isOwnScrape(sample.labels()))
				.ifPresent((sample) -> add(exposed, sample));
		}
	}

	/** The maximum is exported as a gauge of its own, after the family it belongs to. */
	private void startFamily(String exported, String type) {
		String base = exported.endsWith(MAX) ? exported.substring(0, exported.length() - MAX.length()) : exported;
		this.family = this.distributionNames.contains(base) ? base : exported;
		this.meter = ExposedMeter.forExportedName(this.family).orElse(null);
		if (type.equals("histogram") || type.equals("summary")) {
			this.distributionNames.add(exported);
		}
	}

	private void add(ExposedMeter exposed, Sample sample) {
		if (sample.name().startsWith(this.family)) {
			this.accumulators
				.computeIfAbsent(new MetricSeries(exposed.name(), exposed.exposedTags(sample.labels())),
						(_) -> new SampleAccumulator())
				.add(sample, sample.name().substring(this.family.length()), exposed.scale());
		}
	}

	/**
	 * The metrics to show.
	 * @param before the previous scrape, for percentiles; null if that failed
	 */
	List<Metric> metrics(@Nullable Scrape before) {
		return this.accumulators.entrySet()
			.stream()
			.map((entry) -> entry.getValue()
				.toMetric(entry.getKey(),
						(before == null) ? null
								: before.accumulators.getOrDefault(entry.getKey(), new SampleAccumulator())))
			.toList();
	}

	/** The identity of a metric. */
	private record MetricSeries(String name, Map<String, String> tags) {
	}

	/** The exported samples of a metric, summed over the tags that are not shown. */
	private static final class SampleAccumulator {

		private @Nullable Double value;

		private @Nullable Double count;

		private @Nullable Double sum;

		private @Nullable Double max;

		private final Distribution distribution = new Distribution();

		void add(Sample sample, String suffix, double scale) {
			double scaled = sample.value() * scale;
			switch (suffix) {
				case "" -> this.value = plus(this.value, scaled);
				case "_count" -> this.count = plus(this.count, sample.value());
				case "_sum" -> this.sum = plus(this.sum, scaled);
				case MAX -> this.max = Math.max(Objects.requireNonNullElse(this.max, 0.0), scaled);
				case "_bucket" -> this.distribution
					.add(Sample.parseNumber(sample.labels().getOrDefault("le", "+Inf")) * scale, sample.value());
				default -> {
				}
			}
		}

		private static double plus(@Nullable Double sum, double value) {
			return (sum == null) ? value : sum + value;
		}

		Metric toMetric(MetricSeries series, @Nullable SampleAccumulator before) {
			Distribution recent = (before == null) ? new Distribution() : this.distribution.since(before.distribution);
			return new Metric(series.name(), series.tags(), this.value,
					(this.count == null) ? null : this.count.longValue(), this.sum, this.max, quantile(recent, 0.5),
					quantile(recent, 0.99));
		}

		/**
		 * Buckets are wide: what is estimated within one may be more than the maximum.
		 */
		private @Nullable Double quantile(Distribution recent, double fraction) {
			Double estimate = recent.quantile(fraction);
			return (estimate != null && this.max != null) ? Double.valueOf(Math.min(estimate, this.max)) : estimate;
		}

	}

}
