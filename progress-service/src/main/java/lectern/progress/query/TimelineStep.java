package lectern.progress.query;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;

import lectern.progress.eventlog.EventLog;
import lectern.progress.eventlog.StoredEvent;
import lectern.progress.eventlog.StreamSlice;

/**
 * The next events to add to the timeline of a reading.
 *
 * @param checkpoint the event up to which the timeline shall reach
 * @param end the end of the stored timeline
 * @param through the version of the last event to add; at most that of the checkpoint
 */
record TimelineStep(StoredEvent checkpoint, TimelineEnd end, int through) {

	/**
	 * The steps of the readings whose timelines do not reach their checkpoints.
	 * @param checkpoints of different readings
	 * @param ends by stream
	 * @param maxEvents the number of events that all steps may have together
	 */
	static List<TimelineStep> next(Collection<StoredEvent> checkpoints, Map<String, TimelineEnd> ends, int maxEvents) {
		int each = Math.max(EventLog.CHECKPOINT_INTERVAL, maxEvents / Math.max(1, checkpoints.size()));
		List<TimelineStep> steps = new ArrayList<>();
		for (StoredEvent checkpoint : checkpoints) {
			TimelineEnd end = ends.getOrDefault(checkpoint.stream(), TimelineEnd.NONE);
			int after = end.progress().throughVersion();
			if (after < checkpoint.version()) {
				steps.add(new TimelineStep(checkpoint, end, Math.min(checkpoint.version(), after + each)));
			}
		}
		return steps;
	}

	String stream() {
		return this.checkpoint.stream();
	}

	String reader() {
		return this.checkpoint.reader();
	}

	StreamSlice slice() {
		return new StreamSlice(stream(), this.end.progress().throughVersion(), this.through + 1,
				this.checkpoint.position());
	}

	/** Whether the timeline reaches its checkpoint with these events. */
	boolean isLast() {
		return this.through == this.checkpoint.version();
	}

}
