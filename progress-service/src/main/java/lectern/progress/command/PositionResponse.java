package lectern.progress.command;

import java.util.Locale;

import lectern.progress.model.IgnoredReason;
import lectern.progress.model.ReadingEvent.PositionReported;
import lectern.progress.representation.ReadingDocument;
import org.jspecify.annotations.Nullable;

/**
 * The response to a position report.
 *
 * @param moved whether the reported position is now the current one
 * @param reason why it is not, as a machine-readable word; null if it is
 * @param timeIgnored true if the time of the device is implausible, so that the report
 * counts as of the time at which it was received; null if it is not
 * @param reading the reading after the command
 */
record PositionResponse(boolean moved, @Nullable String reason, @Nullable Boolean timeIgnored,
		ReadingDocument reading) {

	/** The same report was stored before. */
	static final String ALREADY_REPORTED = "reported-already";

	static PositionResponse of(ReadingCommandResult result) {
		if (!result.changed() || !(result.lastEvent().payload() instanceof PositionReported reported)) {
			return new PositionResponse(false, ALREADY_REPORTED, null, result.reading());
		}
		return new PositionResponse(reported.moved(), reason(reported),
				(reported.clock() != null && reported.clock().wasIgnored()) ? true : null, result.reading());
	}

	/**
	 * Why a report did not move the position, as a machine-readable word; null if it did.
	 */
	static @Nullable String reason(PositionReported reported) {
		IgnoredReason ignored = reported.unmoved();
		return (ignored != null) ? ignored.name().toLowerCase(Locale.ROOT).replace('_', '-') : null;
	}

}
