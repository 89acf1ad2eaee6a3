package lectern.catalog.importing;

import java.util.function.Predicate;

/**
 * Tells where a batch ends: after so many lines, or sooner if they are long. For one
 * body, whose lines come to it in their order.
 */
final class BatchEnd implements Predicate<CountedLine> {

	/** In characters: what is held of a body in memory are a few times as many. */
	static final int LARGEST = 1 << 20;

	private final int most;

	private int lines;

	private int size;

	BatchEnd(int most) {
		this.most = most;
	}

	@Override
	public boolean test(CountedLine line) {
		this.lines++;
		this.size += line.size();
		boolean ends = this.lines == this.most || this.size >= LARGEST;
		if (ends) {
			this.lines = 0;
			this.size = 0;
		}
		return ends;
	}

}
