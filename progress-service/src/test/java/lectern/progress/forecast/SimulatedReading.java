package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * A simulated complete reading.
 *
 * @param startedAt the start of the first session
 * @param samples the reported positions
 * @param finishedAt when the end of the book was reached; null if it never was
 */
record SimulatedReading(Instant startedAt, List<ProgressSample> samples, @Nullable Instant finishedAt) {

	/** Midnight of a Monday; each reader starts on a random day of that week. */
	private static final Instant MONDAY = Instant.parse("2025-03-03T00:00:00Z");

	private static final int MAX_DAYS = 1000;

	/** Simulate a reader; the same seed gives the same reading. */
	static SimulatedReading of(ReadingPattern pattern, long seed) {
		return new ReadingSimulator(pattern, random(seed)).simulate();
	}

	/**
	 * Mixes the seed, since {@link Random} gives similar first numbers for similar seeds.
	 */
	static Random random(long seed) {
		return new Random(new SplittableRandom(seed).nextLong());
	}

	/** Simulates reading sessions day by day and the reports of a device. */
	private static final class ReadingSimulator {

		private final Random random;

		private final ReadingRoutine routine;

		private final double bookMinutes;

		/**
		 * The minutes between two reports; some devices report only at the end of a
		 * session.
		 */
		private final double interval;

		private final double hour;

		private final int firstDay;

		private final List<ProgressSample> samples = new ArrayList<>();

		private double fraction;

		/** The relative speed, which varies with the text and the reader. */
		private double speed = 1;

		ReadingSimulator(ReadingPattern pattern, Random random) {
			this.random = random;
			this.routine = ReadingRoutine.of(pattern, random);
			this.bookMinutes = ReadingRoutine.logNormal(random, 20 * 60, 0.5);
			this.interval = new double[] { 5, 15, Double.MAX_VALUE }[random.nextInt(3)];
			this.hour = ReadingRoutine.uniform(random, 6, 23);
			this.firstDay = random.nextInt(7);
		}

		SimulatedReading simulate() {
			Instant startedAt = null;
			for (int day = 0; day < MAX_DAYS && this.fraction < 1; day++) {
				int date = this.firstDay + day;
				double minutes = this.routine.minutes(day, date % 7, this.fraction);
				Instant session = plusMinutes(MONDAY, date * 1440 + this.hour * 60 + this.random.nextGaussian() * 60);
				if (minutes > 0) {
					startedAt = (startedAt != null) ? startedAt : session;
					read(session, minutes);
				}
			}
			boolean finished = this.fraction >= 1;
			return new SimulatedReading((startedAt != null) ? startedAt : MONDAY, List.copyOf(this.samples),
					finished ? this.samples.getLast().at() : null);
		}

		private void read(Instant session, double minutes) {
			this.speed = Math.clamp(this.speed * ReadingRoutine.logNormal(this.random, 1, 0.08), 0.5, 2);
			if (this.random.nextDouble() < 0.05) {
				this.fraction = Math.max(0, this.fraction - ReadingRoutine.uniform(this.random, 0, 0.03));
			}
			for (double at = 0; at < minutes && this.fraction < 1;) {
				double step = Math.min(this.interval, minutes - at);
				double minutesToEnd = (1 - this.fraction) * this.bookMinutes / this.speed;
				at += Math.min(step, minutesToEnd);
				this.fraction = (minutesToEnd <= step) ? 1
						: Math.min(0.999999, this.fraction + step * this.speed / this.bookMinutes);
				this.samples.add(new ProgressSample(plusMinutes(session, at), this.fraction));
			}
		}

		private static Instant plusMinutes(Instant instant, double minutes) {
			return instant.plus(Duration.ofMillis((long) (minutes * 60_000)));
		}

	}

	/** The samples up to a time. */
	List<ProgressSample> samplesUntil(Instant now) {
		return this.samples.stream().filter((sample) -> !sample.at().isAfter(now)).toList();
	}

}
