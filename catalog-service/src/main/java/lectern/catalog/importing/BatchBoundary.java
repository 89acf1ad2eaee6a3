package lectern.catalog.importing;

import java.util.function.Predicate;

/**
 * Ends a batch after a number of lines, or earlier if the lines are long. Stateful: one
 * instance per body, tested with the lines in their order.
 */
final class BatchBoundary implements Predicate<ImportLine> {

	/** In characters. Bounds the memory of an import to a few times as much. */
	static final int MAX_SIZE = 1 << 20;

	private final int maxLines;

	private int lines;

	private int size;

	BatchBoundary(int maxLines) {
		this.maxLines = maxLines;
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
