package lectern.progress.forecast;

import java.util.Random;

import static lectern.progress.forecast.ReadingRoutine.uniform;

/** A routine with one or two pauses of some weeks, or with a permanent stop. */
final class InterruptedRoutine implements ReadingRoutine {

	private static final double PERMANENT_STOP_PROBABILITY = 1.0 / 3;

	private final ReadingRoutine usual;

	/** The fraction of the book at which each pause begins. */
	private final double[] pauseFractions;

	private final int[] pauseDays;

	private int next;

	InterruptedRoutine(ReadingRoutine usual, Random random) {
		this.usual = usual;
		boolean permanent = random.nextDouble() < PERMANENT_STOP_PROBABILITY;
		int pauses = (permanent || random.nextBoolean()) ? 1 : 2;
		this.pauseFractions = random.doubles(pauses, 0.1, 0.9).sorted().toArray();
		this.pauseDays = new int[pauses];
		for (int pause = 0; pause < pauses; pause++) {
			this.pauseDays[pause] = permanent ? Integer.MAX_VALUE : (int) uniform(random, 14, 60);
		}
	}

	@Override
	public double minutes(int day, int weekday, double fraction) {
		if (this.next < this.pauseFractions.length && fraction >= this.pauseFractions[this.next]) {
			if (this.pauseDays[this.next] > 0) {
				this.pauseDays[this.next]--;
				return 0;
			}
			this.next++;
		}
		return this.usual.minutes(day, weekday, fraction);
	}

}
