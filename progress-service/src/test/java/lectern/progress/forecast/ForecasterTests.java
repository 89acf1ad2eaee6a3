package lectern.progress.forecast;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;

import lectern.progress.forecast.Forecast.AtPace;
import lectern.progress.forecast.Forecast.EndReached;
import lectern.progress.forecast.Forecast.Expected;
import lectern.progress.forecast.Forecast.InsufficientData;
import lectern.progress.forecast.Forecast.Reason;
import lectern.progress.forecast.Forecast.Stopped;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

class ForecasterTests {

	private static final Instant NOON = Instant.parse("2026-03-01T12:00:00Z");

	@Test
	void constantPaceIsExtrapolated() {
		Expected forecast = expected(daily(20, 0.02), day(20));
		assertThat(forecast.expected()).isBetween(day(47), day(53));
		assertThat(forecast.earliest()).isAfter(day(35));
		assertThat(forecast.latest()).isNotNull().isBefore(day(90));
		assertThat(forecast.pace()).isCloseTo(0.02, within(0.002));
		assertThat(forecast.basis().samples()).isEqualTo(21);
		assertThat(forecast.basis().period()).isEqualTo(Duration.ofDays(20));
	}

	@Test
	void assumedPaceGivesFinishWithoutInterval() {
		assertThat(Forecaster.forecastAtPace(daily(20, 0.02), day(20), 0.1)).isEqualTo(new AtPace(day(26), 0.1));
		assertThat(Forecaster.forecastAtPace(List.of(), day(20), 2)).isEqualTo(new AtPace(day(20.5), 2));
		assertThat(Forecaster.forecastAtPace(List.of(sample(0, 1)), day(20), 0.1)).isEqualTo(new EndReached(day(0)));
		assertThat(Forecaster.forecastAtPace(List.of(), day(20), 0.0001))
			.isEqualTo(new InsufficientData(Reason.TOO_FAR_AWAY));
	}

	@Test
	void longerEvenReadingNarrowsInterval() {
		Duration few = width(expected(daily(6, 0.01), day(6)));
		Duration many = width(expected(daily(70, 0.01), day(70)));
		assertThat(many).isLessThan(few.dividedBy(2));
	}

	@Test
	void unevenReadingWidensInterval() {
		List<ProgressSample> uneven = List.of(sample(0, 0), sample(1, 0.2), sample(2, 0.21), sample(9, 0.22),
				sample(10, 0.4), sample(20, 0.41), sample(28, 0.5));
		List<ProgressSample> even = IntStream.rangeClosed(0, 28).mapToObj((day) -> sample(day, day / 56.0)).toList();
		assertThat(width(expected(uneven, day(28)))).isGreaterThan(width(expected(even, day(28))).multipliedBy(2));
	}

	@Test
	void twoSamplesGiveExpectationAndWideInterval() {
		Expected forecast = expected(List.of(sample(0, 0), sample(60, 0.5)), day(60));
		assertThat(forecast.expected()).isBetween(day(119), day(121));
		assertThat(forecast.earliest()).isAfter(day(60)).isBefore(day(100));
		assertThat(forecast.latest()).isNotNull().isAfter(day(200));
	}

	@Test
	void twoCloseSamplesGiveIntervalWithoutUpperBound() {
		for (int days : new int[] { 1, 2, 10, 30 }) {
			Expected forecast = expected(List.of(sample(0, 0), sample(days, 0.1)), day(days));
			assertThat(forecast.latest()).isNull();
			assertThat(forecast.earliest()).isAfter(day(days)).isBefore(forecast.expected());
		}
	}

	@Test
	void noneOrOneSampleIsInsufficientData() {
		assertThat(forecast(List.of(), day(3))).isEqualTo(new InsufficientData(Reason.TOO_FEW_REPORTS));
		assertThat(forecast(List.of(sample(0, 0.4)), day(3))).isEqualTo(new InsufficientData(Reason.TOO_FEW_REPORTS));
	}

	@Test
	void samplesOfOneDayAreInsufficientData() {
		List<ProgressSample> samples = IntStream.range(0, 90)
			.mapToObj((i) -> new ProgressSample(day(0).plusSeconds(i), i / 100.0))
			.toList();
		assertThat(forecast(samples, day(0).plusSeconds(100))).isEqualTo(new InsufficientData(Reason.LESS_THAN_A_DAY));
		assertThat(forecast(samples, day(10))).isEqualTo(new InsufficientData(Reason.LESS_THAN_A_DAY));
	}

	@Test
	void longSilenceMeansStopped() {
		List<ProgressSample> samples = daily(20, 0.02);
		assertThat(forecast(samples, day(40))).isInstanceOf(Expected.class);
		assertThat(forecast(samples, day(49))).isEqualTo(new Stopped(day(20)));
		assertThat(forecast(List.of(sample(0, 0.5)), day(49))).isEqualTo(new Stopped(day(0)));
	}

	@Test
	void usualLongPausesDelayStopped() {
		List<ProgressSample> samples = List.of(sample(0, 0), sample(30, 0.1), sample(60, 0.2), sample(90, 0.3));
		assertThat(forecast(samples, day(150))).isInstanceOf(Expected.class);
		assertThat(forecast(samples, day(181))).isInstanceOf(Stopped.class);
	}

	@Test
	void singleLongPauseDoesNotLowerPace() {
		List<ProgressSample> samples = new ArrayList<>(daily(20, 0.02));
		IntStream.rangeClosed(1, 10).forEach((day) -> samples.add(sample(60 + day, 0.4 + day * 0.02)));
		// 20 days of reading remain; by the average since the start it would be 47.
		assertThat(expected(samples, day(70)).expected()).isBetween(day(85), day(103));
	}

	@Test
	void weekendReadingIsExtrapolatedByWeek() {
		List<ProgressSample> samples = new ArrayList<>(List.of(sample(0, 0)));
		for (int week = 0; week < 10; week++) {
			samples.add(sample(week * 7 + 5.9, samples.getLast().fraction() + 0.04));
			samples.add(sample(week * 7 + 6.9, samples.getLast().fraction() + 0.04));
		}
		// On Sunday night a fifth of the book remains: the third weekend.
		Expected forecast = expected(samples, day(70));
		assertThat(forecast.expected()).isBetween(day(84), day(91));
		assertThat(width(forecast)).isLessThan(Duration.ofDays(21));
	}

	@Test
	void backwardSampleLowersPace() {
		List<ProgressSample> samples = new ArrayList<>(daily(20, 0.02));
		Expected before = expected(samples, day(20));
		samples.add(sample(20, 0.3));
		assertThat(expected(samples, day(20)).expected()).isAfter(before.expected().plus(Duration.ofDays(3)));
		assertThat(expected(samples, day(20)).pace()).isLessThan(before.pace());
	}

	@Test
	void noForwardProgressIsInsufficientData() {
		assertThat(forecast(List.of(sample(0, 0.5), sample(3, 0.7), sample(5, 0.5)), day(5)))
			.isEqualTo(new InsufficientData(Reason.NOT_FORWARD));
		assertThat(forecast(List.of(sample(0, 0.5), sample(3, 0.5), sample(5, 0.2)), day(5)))
			.isEqualTo(new InsufficientData(Reason.NOT_FORWARD));
	}

	@Test
	void lastSampleAtTheEndMeansEndReached() {
		assertThat(forecast(List.of(sample(0, 0), sample(3, 1)), day(90))).isEqualTo(new EndReached(day(3)));
		assertThat(forecast(List.of(sample(0, 1)), day(0))).isEqualTo(new EndReached(day(0)));
	}

	@Test
	void forecastIsLimitedToTenYears() {
		assertThat(forecast(List.of(sample(0, 0), sample(20, 0.000_1)), day(20)))
			.isEqualTo(new InsufficientData(Reason.TOO_FAR_AWAY));
		assertThat(expected(List.of(sample(0, 0), sample(300, 0.1)), day(300)).latest()).isNull();
	}

	@Test
	void onTimeProbabilityMatchesIntervalBounds() {
		List<ProgressSample> samples = daily(20, 0.02);
		Expected forecast = expected(samples, day(20));
		assertThat(onTime(samples, forecast.expected())).isCloseTo(0.5, within(0.001));
		assertThat(onTime(samples, forecast.earliest())).isCloseTo(0.1, within(0.001));
		assertThat(onTime(samples, forecast.latest())).isCloseTo(0.9, within(0.001));
		assertThat(onTime(samples, day(19))).as("in the past").isZero();
		assertThat(onTime(samples, Instant.parse("9999-12-31T23:59:59Z"))).isGreaterThan(0.99);
		assertThat(forecast.onTimeProbability()).isNull();
	}

	/** The clock of the caller is behind that of the log. */
	@Test
	void clockBehindLastSampleIsTolerated() {
		Expected forecast = expected(daily(20, 0.02), day(19.5));
		assertThat(forecast.earliest()).isAfter(day(20));
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 2, 3, 4, 5, 6, 7, 8, 9 })
	void forecastIsDeterministic(long seed) {
		List<ProgressSample> samples = random(seed);
		Instant now = samples.getLast().at().plusSeconds(3600);
		assertThat(forecast(samples, now)).isEqualTo(forecast(List.copyOf(samples), now));
	}

	static IntStream seeds() {
		return IntStream.range(0, 2000);
	}

	@ParameterizedTest
	@MethodSource("seeds")
	void intervalStartsAfterNowAndContainsExpectation(int seed) {
		List<ProgressSample> samples = random(seed);
		Instant now = samples.getLast().at().plusSeconds(seed * 600L);
		if (forecast(samples, now) instanceof Expected forecast) {
			assertThat(forecast.earliest()).isAfterOrEqualTo(now).isBeforeOrEqualTo(forecast.expected());
			assertThat(forecast.expected()).isBefore(now.plus(Duration.ofDays(3660)));
			if (forecast.latest() != null) {
				assertThat(forecast.latest()).isAfterOrEqualTo(forecast.expected())
					.isBefore(now.plus(Duration.ofDays(3660)));
			}
			assertThat(forecast.pace()).isPositive().isFinite();
		}
	}

	/** Random samples with gaps from a second to years, anywhere in the book. */
	private static List<ProgressSample> random(long seed) {
		Random random = new Random(seed);
		double maxGapSeconds = Math.pow(10, random.nextDouble(0, 8));
		double backwardProbability = random.nextDouble(0, 0.5);
		List<ProgressSample> samples = new ArrayList<>();
		Instant at = NOON;
		double fraction = random.nextDouble();
		for (int i = random.nextInt(1, 60); i > 0; i--) {
			samples.add(new ProgressSample(at, fraction));
			at = at.plusMillis((long) (random.nextDouble() * maxGapSeconds * 1000));
			double target = (random.nextDouble() < backwardProbability) ? 0 : 1;
			fraction += (target - fraction) * random.nextDouble() / 10;
		}
		return samples;
	}

	private static double onTime(List<ProgressSample> samples, Instant finishBy) {
		return ((Expected) Forecaster.forecast(samples, day(20), finishBy)).onTimeProbability();
	}

	private static Duration width(Expected forecast) {
		assertThat(forecast.latest()).isNotNull();
		return Duration.between(forecast.earliest(), forecast.latest());
	}

	private static Expected expected(List<ProgressSample> samples, Instant now) {
		Forecast forecast = forecast(samples, now);
		assertThat(forecast).isInstanceOf(Expected.class);
		return (Expected) forecast;
	}

	private static Forecast forecast(List<ProgressSample> samples, Instant now) {
		return Forecaster.forecast(samples, now, null);
	}

	private static List<ProgressSample> daily(int days, double perDay) {
		return IntStream.rangeClosed(0, days).mapToObj((day) -> sample(day, day * perDay)).toList();
	}

	private static ProgressSample sample(double day, double fraction) {
		return new ProgressSample(day(day), fraction);
	}

	private static Instant day(double number) {
		return NOON.plusMillis((long) (number * 86_400_000));
	}

}
