package lectern.gateway.operations;

import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/** The meters of one service as they stood when it was asked. */
final class Scrape {

	private static final String TYPE = "# TYPE ";

	private static final String MAX = "_max";

	private final Map<MetricSeries, SampleAccumulator> accumulators = new LinkedHashMap<>();

	/** Names of what has buckets, or at least a count, a sum and a maximum. */
	private final Set<String> distributionNames = new HashSet<>();

	/** What the lines being read belong to. */
	private String family = "";

	private @Nullable ExposedMeter meter;

	private Scrape() {
	}

	/**
	 * Read what a service exports; a line that cannot be read is as if it were not there.
	 */
	static Scrape parse(String exported) {
		Scrape reading = new Scrape();
		exported.lines().forEach(reading::parseLine);
		return reading;
	}

	private void parseLine(String line) {
		if (line.startsWith(TYPE)) {
			String[] words = line.substring(TYPE.length()).split(" ", 2);
			startFamily(words[0], words[words.length - 1]);
		}
		// Nearly all lines are of no interest here: they are not even taken apart.
		else if (this.meter != null) {
			ExposedMeter shown = this.meter;
			Sample.parse(line)
				.filter((sample) -> Double.isFinite(sample.value()) && !shown.isOwnScrape(sample.labels()))
				.ifPresent((sample) -> add(shown, sample));
		}
	}

	/** The greatest value is exported as a gauge of its own, after what it belongs to. */
	private void startFamily(String exported, String type) {
		String base = exported.endsWith(MAX) ? exported.substring(0, exported.length() - MAX.length()) : exported;
		this.family = this.distributionNames.contains(base) ? base : exported;
		this.meter = ExposedMeter.forExportedName(this.family).orElse(null);
		if (type.equals("histogram") || type.equals("summary")) {
			this.distributionNames.add(exported);
		}
	}

	private void add(ExposedMeter shown, Sample sample) {
		if (sample.name().startsWith(this.family)) {
			this.accumulators
				.computeIfAbsent(new MetricSeries(shown.name(), shown.exposedTags(sample.labels())),
						(_) -> new SampleAccumulator())
				.add(sample, sample.name().substring(this.family.length()), shown.scale());
		}
	}

	/**
	 * What to show of it.
	 * @param before the one before it, if the service answered then
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

	/** What one metric is about. */
	private record MetricSeries(String name, Map<String, String> tags) {
	}

	/** What was exported about it, added up over the tags that are not shown. */
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

		private static double plus(@Nullable Double so, double far) {
			return (so == null) ? far : so + far;
		}

		Metric toMetric(MetricSeries series, @Nullable SampleAccumulator before) {
			Distribution recent = (before == null) ? new Distribution() : this.distribution.since(before.distribution);
			return new Metric(series.name(), series.tags(), this.value,
					(this.count == null) ? null : this.count.longValue(), this.sum, this.max, recent.quantile(0.5),
					recent.quantile(0.99));
		}

	}

}
