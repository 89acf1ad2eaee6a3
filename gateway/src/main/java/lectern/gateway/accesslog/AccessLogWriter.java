package lectern.gateway.accesslog;

import java.time.Duration;

import lectern.streaming.server.StreamEndListener;
import lectern.streaming.sse.CloseReason;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.spi.LoggingEventBuilder;

/** Writes the lines. */
final class AccessLogWriter implements StreamEndListener {

	static final String LOGGER = "lectern.access";

	/** Stands for what is not known. */
	static final String NONE = "-";

	/** How a line says that the client has not got the whole response. */
	private static final String CUT_OFF = "cut-off";

	private static final int OK = 200;

	private static final Logger logger = LoggerFactory.getLogger(LOGGER);

	/**
	 * Write the line of a request.
	 * @param complete whether the whole response was sent
	 */
	void write(AnsweredRequest request, boolean complete) {
		write(request.method(), request.route(), request.status(), request.elapsedNanos(), request.bytes(),
				complete ? null : CUT_OFF, request.requestId());
	}

	/** Streams end long after their headers were sent. */
	@Override
	public void onEnd(String requestId, String stream, CloseReason reason, Duration open, long bytes) {
		write("GET", stream, OK, open.toNanos(), bytes, reason.reason(), requestId);
	}

	private static void write(String method, String route, int status, long nanos, long bytes, @Nullable String end,
			String requestId) {
		LoggingEventBuilder line = logger.atInfo()
			.addKeyValue("method", method)
			.addKeyValue("route", route)
			.addKeyValue("status", status)
			.addKeyValue("durationMs", roundedMillis(nanos))
			.addKeyValue("bytes", bytes);
		if (end != null) {
			line = line.addKeyValue("end", end);
		}
		line.addKeyValue("requestId", requestId).log("answered");
	}

	/** Three decimals, because most requests take less than a few milliseconds. */
	private static double roundedMillis(long nanos) {
		return (nanos / 1_000) / 1_000.0;
	}

}
