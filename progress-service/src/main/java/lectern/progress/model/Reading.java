package lectern.progress.model;

import java.util.List;

import org.jspecify.annotations.Nullable;

/** As much of a reading as decisions need. */
public sealed interface Reading {

	/** What every reading is before its first event. */
	Reading NOTHING_YET = new NothingYet();

	/** Nobody has started it. */
	record NothingYet() implements Reading {
	}

	/**
	 * It is being read.
	 *
	 * @param edition null when it was not said
	 * @param position where the reader is; null before the first report
	 * @param furthest the furthest the reader has been; null before the first report
	 * @param devices what it was read on, the newest last
	 */
	record Open(String reader, Book book, @Nullable String edition, @Nullable Position position,
			@Nullable Position furthest, List<Device> devices) implements Reading {
	}

}
