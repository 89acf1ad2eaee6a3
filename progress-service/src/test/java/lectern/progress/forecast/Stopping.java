package lectern.progress.forecast;

import java.util.Random;

import static lectern.progress.forecast.Routine.between;

/** A routine that is left for some weeks, once or twice, or for good. */
final class Stopping implements Routine {

	private static final double FOR_GOOD = 1.0 / 3;

	private final Routine usual;

	/** How much of the book is read before each pause. */
	private final double[] at;

	private final int[] days;

	private int next;

	Stopping(Routine usual, Random random) {
		this.usual = usual;
		boolean forGood = random.nextDouble() < FOR_GOOD;
		int pauses = (forGood || random.nextBoolean()) ? 1 : 2;
		this.at = random.doubles(pauses, 0.1, 0.9).sorted().toArray();
		this.days = new int[pauses];
		for (int pause = 0; pause < pauses; pause++) {
			this.days[pause] = forGood ? Integer.MAX_VALUE : (int) between(random, 14, 60);
		}
	}

	@Override
	public double minutes(int day, int weekday, double fraction) {
		if (this.next < this.at.length && fraction >= this.at[this.next]) {
			if (this.days[this.next] > 0) {
				this.days[this.next]--;
				return 0;
			}
			this.next++;
		}
		return this.usual.minutes(day, weekday, fraction);
	}

}
