package lectern.progress.model;

import java.time.Instant;

import org.jspecify.annotations.Nullable;

/**
 * The time of an event.
 *
 * @param occurredAt when it occurred, by a corrected clock
 * @param clock the uncorrected times of the device; null if it sent none
 */
record EventTime(Instant occurredAt, @Nullable DeviceClock clock) {

	/**
	 * Whether the event was told late: it occurred before an instant, as its device says.
	 * An event without a time of its own is never late, even if the clocks of two nodes
	 * differ.
	 */
	boolean isBefore(@Nullable Instant instant) {
		return instant != null && isFromDevice() && this.occurredAt.isBefore(instant);
	}

	/**
	 * The same time, but not before an instant, unless the device said when the event
	 * occurred. The clocks of nodes may differ, and a clock may be set back; what a
	 * reader does now is still the latest.
	 */
	EventTime notBefore(@Nullable Instant instant) {
		return (instant == null || isFromDevice() || !this.occurredAt.isBefore(instant)) ? this
				: new EventTime(instant, this.clock);
	}

	/** Whether the device said when the event occurred, and was believed. */
	boolean isFromDevice() {
		return this.clock != null && this.clock.occurredAt() != null && !this.clock.wasIgnored();
	}

}
