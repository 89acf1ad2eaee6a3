package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;

import org.jspecify.annotations.Nullable;

/**
 * A whole reading, as it would be in the log.
 *
 * @param startedAt when
 * @param samples as they were reported
 * @param finishedAt when the last page was read; null if it never was
 */
record SimulatedReading(Instant startedAt, List<ProgressSample> samples, @Nullable Instant finishedAt) {

	/** A Monday's midnight; each reader begins in some night of that week. */
	private static final Instant MONDAY = Instant.parse("2025-03-03T00:00:00Z");

	private static final int MAX_DAYS = 1000;

	/** The same for the same seed. */
	static SimulatedReading of(ReadingPattern habit, long seed) {
		return new ReadingSimulator(habit, random(seed)).simulate();
	}

	/** Seeds that follow each other give {@link Random} much the same first numbers. */
	static Random random(long seed) {
		return new Random(new SplittableRandom(seed).nextLong());
	}

	/** Reads day by day and reports as devices do. */
	private static final class ReadingSimulator {

		private final Random random;

		private final ReadingRoutine routine;

		private final double bookMinutes;

		/** Minutes between two reports; some devices report only when they are closed. */
		private final double interval;

		private final double hour;

		private final int firstDay;

		private final List<ProgressSample> samples = new ArrayList<>();

		private double fraction;

		/** Books are not equally hard everywhere, nor are readers equally keen. */
		private double speed = 1;

		ReadingSimulator(ReadingPattern habit, Random random) {
			this.random = random;
			this.routine = ReadingRoutine.of(habit, random);
			this.bookMinutes = ReadingRoutine.logNormal(random, 20 * 60, 0.5);
			this.interval = new double[] { 5, 15, Double.MAX_VALUE }[random.nextInt(3)];
			this.hour = ReadingRoutine.uniform(random, 6, 23);
			this.firstDay = random.nextInt(7);
		}

		SimulatedReading simulate() {
			Instant began = null;
			for (int day = 0; day < MAX_DAYS && this.fraction < 1; day++) {
				int date = this.firstDay + day;
				double minutes = this.routine.minutes(day, date % 7, this.fraction);
				Instant session = plusMinutes(MONDAY, date * 1440 + this.hour * 60 + this.random.nextGaussian() * 60);
				if (minutes > 0) {
					began = (began != null) ? began : session;
					read(session, minutes);
				}
			}
			boolean finished = this.fraction >= 1;
			return new SimulatedReading((began != null) ? began : MONDAY, List.copyOf(this.samples),
					finished ? this.samples.getLast().at() : null);
		}

		private void read(Instant session, double minutes) {
			this.speed = Math.clamp(this.speed * ReadingRoutine.logNormal(this.random, 1, 0.08), 0.5, 2);
			if (this.random.nextDouble() < 0.05) {
				this.fraction = Math.max(0, this.fraction - ReadingRoutine.uniform(this.random, 0, 0.03));
			}
			for (double at = 0; at < minutes && this.fraction < 1;) {
				double step = Math.min(this.interval, minutes - at);
				double toTheEnd = (1 - this.fraction) * this.bookMinutes / this.speed;
				at += Math.min(step, toTheEnd);
				this.fraction = (toTheEnd <= step) ? 1
						: Math.min(0.999999, this.fraction + step * this.speed / this.bookMinutes);
				this.samples.add(new ProgressSample(plusMinutes(session, at), this.fraction));
			}
		}

		private static Instant plusMinutes(Instant instant, double minutes) {
			return instant.plus(Duration.ofMillis((long) (minutes * 60_000)));
		}

	}

	/** What was known at a time. */
	List<ProgressSample> samplesUntil(Instant now) {
		return this.samples.stream().filter((place) -> !place.at().isAfter(now)).toList();
	}

}
