package lectern.progress.readerimport;

import java.util.List;

import lectern.web.ProblemBody;

/**
 * What became of the lines of an import.
 *
 * @param read the number of lines
 * @param added events that were stored
 * @param unchanged events that were there already
 * @param refused lines that were refused
 * @param refusals why, for each of them
 */
record ReaderImportResult(int read, int added, int unchanged, int refused, List<Refusal> refusals) {

	ReaderImportResult {
		refusals = List.copyOf(refusals);
	}

	/** A refused line, counted from 1. */
	record Refusal(int line, ProblemBody problem) {
	}

}
