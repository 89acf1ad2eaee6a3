package lectern.progress.eventlog;

import java.util.List;

/**
 * Events of a stream that are wanted for themselves, and all that came later.
 *
 * @param versions of those that are wanted, at most {@code after}
 * @param after the version from which on all are wanted
 * @param upTo the position in the log of the last of those that came later
 */
public record VersionSelection(String stream, List<Integer> versions, int after, long upTo) {

	public VersionSelection {
		versions = List.copyOf(versions);
	}

	/** Some events and no others. */
	public static VersionSelection of(String stream, List<Integer> versions) {
		return new VersionSelection(stream, versions, Integer.MAX_VALUE, 0);
	}

}
