package lectern.progress.path;

import java.util.Optional;

import lectern.web.Problem;
import lectern.web.ProblemType;

/**
 * The stream of one reader's way along one path. Neither a handle nor a slug has a colon.
 *
 * @param reader a handle
 * @param path its slug in the catalog
 */
public record PathStream(String reader, String path) {

	private static final String KIND = "path:";

	/** The one that a reader's stream is; empty if it is of something else. */
	public static Optional<PathStream> of(String reader, String stream) {
		if (!stream.startsWith(KIND)) {
			return Optional.empty();
		}
		String prefix = KIND + reader + ":";
		return stream.startsWith(prefix) ? Optional.of(new PathStream(reader, stream.substring(prefix.length())))
				: Optional.empty();
	}

	/** The reader is not on the path, whether there is one or not. */
	public static Problem unknown() {
		return Problem.of(ProblemType.NOT_FOUND, "This reader is not on a path of this id.");
	}

	/** As it is stored. */
	@Override
	public String toString() {
		return KIND + this.reader + ":" + this.path;
	}

}
