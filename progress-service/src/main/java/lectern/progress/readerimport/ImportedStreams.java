package lectern.progress.readerimport;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import lectern.progress.model.PathEvent.PathJoined;
import lectern.progress.model.ReadingEvent.ReadingStarted;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.readerimport.ImportEntry.EventEntry;
import org.jspecify.annotations.Nullable;

/**
 * The readings and paths of an import so far, of which each event must be a continuation.
 * Takes little memory for each, however many events they have. Not thread-safe.
 */
final class ImportedStreams {

	private final String reader;

	private final Map<String, StreamEnd> ends = new HashMap<>();

	private final Set<String> paths = new TreeSet<>();

	ImportedStreams(String reader) {
		this.reader = reader;
	}

	/**
	 * Add an event, unless it continues nothing.
	 * @return why it cannot be added; null if it was
	 */
	@Nullable String add(EventEntry event) {
		StreamEnd end = this.ends.get(event.stream());
		String fault = (end != null) ? faultOfNext(event, end) : faultOfFirst(event);
		if (fault == null) {
			this.ends.put(event.stream(), new StreamEnd((end != null) ? end.version() + 1 : 1, event.book()));
			PathStreamId.parse(this.reader, event.stream()).ifPresent((stream) -> this.paths.add(stream.path()));
		}
		return fault;
	}

	private static @Nullable String faultOfNext(EventEntry event, StreamEnd end) {
		if (event.payload() instanceof ReadingStarted) {
			return "The reading was started by an earlier line.";
		}
		boolean sameBook = (event.book() != null) ? event.book().equals(end.book()) : end.book() == null;
		return sameBook ? null : "The book is not that of the earlier lines of the reading.";
	}

	private @Nullable String faultOfFirst(EventEntry event) {
		return switch (event.payload()) {
			case ReadingStarted started when !started.reader().equals(this.reader) ->
				"The reading is of another reader.";
			case ReadingStarted started when !started.book().id().equals(event.book()) ->
				"The book is not that of data.";
			case ReadingStarted _ -> null;
			case PathJoined joined when !joined.reader().equals(this.reader) -> "The path is of another reader.";
			case PathJoined joined when event.book() != null
					|| !event.stream().equals(new PathStreamId(this.reader, joined.path()).toString()) ->
				"The path is not that of data.";
			case PathJoined _ -> null;
			default -> "No earlier line has started the reading or joined the path.";
		};
	}

	/** The version of a stream after its last event. */
	int version(String stream) {
		StreamEnd end = this.ends.get(stream);
		return (end != null) ? end.version() : 0;
	}

	/** The ids of the paths. */
	Set<String> paths() {
		return Set.copyOf(this.paths);
	}

	/** The end of a stream. */
	private record StreamEnd(int version, @Nullable String book) {
	}

}
