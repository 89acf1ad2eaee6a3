package lectern.progress.log;

import java.util.List;

/**
 * Events of a stream that are wanted for themselves, and all that came later.
 *
 * @param versions of those that are wanted, at most {@code after}
 * @param after the version from which on all are wanted
 * @param upTo the position in the log of the last of those that came later
 */
public record Selection(String stream, List<Integer> versions, int after, long upTo) {

	public Selection {
		versions = List.copyOf(versions);
	}

	/** Some events and no others. */
	public static Selection of(String stream, List<Integer> versions) {
		return new Selection(stream, versions, Integer.MAX_VALUE, 0);
	}

}
