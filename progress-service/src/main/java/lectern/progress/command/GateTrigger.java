package lectern.progress.command;

import java.util.Optional;

import lectern.progress.eventlog.EventHeader;
import lectern.progress.pathprogress.PathStreamId;
import lectern.progress.representation.ProgressEventTypes;

/** An event that can change the state of a gate, without its payload. */
record GateTrigger(long position, String reader, String stream, int version, String type) {

	static GateTrigger of(EventHeader event) {
		return new GateTrigger(event.position(), event.reader(), event.stream(), event.version(), event.type());
	}

	/** The path of the reader; empty if the event finishes a reading. */
	Optional<PathStreamId> path() {
		return PathStreamId.parse(this.reader, this.stream);
	}

	boolean isJoin() {
		return this.type.equals(ProgressEventTypes.PATH_JOINED);
	}

	boolean isLeave() {
		return this.type.equals(ProgressEventTypes.PATH_LEFT);
	}

}
