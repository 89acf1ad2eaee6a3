package lectern.catalog.importing;

import java.util.function.Predicate;

/**
 * Tells where a batch ends: after so many lines, or sooner if they are long. For one
 * body, whose lines come to it in their order.
 */
final class BatchBoundary implements Predicate<ImportLine> {

	/** In characters: what is held of a body in memory are a few times as many. */
	static final int MAX_SIZE = 1 << 20;

	private final int maxLines;

	private int lines;

	private int size;

	BatchBoundary(int most) {
		this.maxLines = most;
	}

	@Override
	public boolean test(ImportLine line) {
		this.lines++;
		this.size += line.size();
		boolean ends = this.lines == this.maxLines || this.size >= MAX_SIZE;
		if (ends) {
			this.lines = 0;
			this.size = 0;
		}
		return ends;
	}

}
