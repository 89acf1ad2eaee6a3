package lectern.progress.pathprogress;

import java.util.Optional;

import lectern.web.Problem;
import lectern.web.ProblemType;

/**
 * The id of the event stream of one reader on one path. Neither a handle nor a slug
 * contains a colon.
 *
 * @param reader a handle
 * @param path its slug in the catalog
 */
public record PathStreamId(String reader, String path) {

	private static final String PREFIX = "path:";

	/**
	 * Parse a stream id of a reader.
	 * @return empty if the stream belongs to something else than a path
	 */
	public static Optional<PathStreamId> parse(String reader, String stream) {
		if (!stream.startsWith(PREFIX)) {
			return Optional.empty();
		}
		String prefix = PREFIX + reader + ":";
		return stream.startsWith(prefix) ? Optional.of(new PathStreamId(reader, stream.substring(prefix.length())))
				: Optional.empty();
	}

	/**
	 * Return the problem for a path that the reader has not joined, whether the path
	 * exists or not.
	 */
	public static Problem notFound() {
		return Problem.of(ProblemType.NOT_FOUND, "This reader has not joined a path with this id.");
	}

	/** Return the stored form. */
	@Override
	public String toString() {
		return PREFIX + this.reader + ":" + this.path;
	}

}
