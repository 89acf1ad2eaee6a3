package lectern.progress.pathprogress;

import java.util.Optional;

import lectern.web.Problem;
import lectern.web.ProblemType;

/**
 * The stream of one reader's way along one path. Neither a handle nor a slug has a colon.
 *
 * @param reader a handle
 * @param path its slug in the catalog
 */
public record PathStreamId(String reader, String path) {

	private static final String PREFIX = "path:";

	/** The one that a reader's stream is; empty if it is of something else. */
	public static Optional<PathStreamId> parse(String reader, String stream) {
		if (!stream.startsWith(PREFIX)) {
			return Optional.empty();
		}
		String prefix = PREFIX + reader + ":";
		return stream.startsWith(prefix) ? Optional.of(new PathStreamId(reader, stream.substring(prefix.length())))
				: Optional.empty();
	}

	/** The reader is not on the path, whether there is one or not. */
	public static Problem notFound() {
		return Problem.of(ProblemType.NOT_FOUND, "This reader is not on a path of this id.");
	}

	/** As it is stored. */
	@Override
	public String toString() {
		return PREFIX + this.reader + ":" + this.path;
	}

}
