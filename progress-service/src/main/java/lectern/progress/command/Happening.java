package lectern.progress.command;

import java.util.Optional;

import lectern.progress.path.PathStream;

/** As much of a stored event as tells whose gates it may concern. */
record Happening(long position, String reader, String stream, int version, String type) {

	/** The path that it is about; empty if it finishes a reading. */
	Optional<PathStream> path() {
		return PathStream.of(this.reader, this.stream);
	}

	boolean joins() {
		return this.type.equals("path-joined");
	}

	boolean leaves() {
		return this.type.equals("path-left");
	}

}
