package lectern.progress.command;

import java.util.Optional;

import lectern.progress.pathprogress.PathStreamId;

/** As much of a stored event as tells whose gates it may concern. */
record GateTrigger(long position, String reader, String stream, int version, String type) {

	/** The path that it is about; empty if it finishes a reading. */
	Optional<PathStreamId> path() {
		return PathStreamId.parse(this.reader, this.stream);
	}

	boolean isJoin() {
		return this.type.equals("path-joined");
	}

	boolean isLeave() {
		return this.type.equals("path-left");
	}

}
