package lectern.progress.eventlog;

import java.util.List;

/**
 * Selected events of a stream and all events after a version.
 *
 * @param versions the versions of the selected events, at most {@code after}
 * @param after the version after which all events are included
 * @param upTo the position in the log of the last event after that version
 */
public record VersionSelection(String stream, List<Integer> versions, int after, long upTo) {

	public VersionSelection {
		versions = List.copyOf(versions);
	}

	/** Only the selected events. */
	public static VersionSelection of(String stream, List<Integer> versions) {
		return new VersionSelection(stream, versions, Integer.MAX_VALUE, 0);
	}

}
