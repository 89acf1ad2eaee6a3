package lectern.web;

import java.time.Duration;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.slf4j.event.Level;
import org.slf4j.spi.LoggingEventBuilder;

import org.springframework.http.HttpStatus;

/**
 * Writes the lines of the log that concern a request, with its id and the id of its
 * trace. They are named here and not by a logging context, which would have to follow the
 * request through all operators (ADR 39).
 */
public final class RequestLog {

	/** The key under which the context of a stream's feed has the id of its request. */
	public static final Object ID_KEY = RequestLog.class;

	/** The name of the id in a line of the log. */
	public static final String ID = "requestId";

	private static final Logger logger = LoggerFactory.getLogger("lectern.request");

	private RequestLog() {
	}

	/**
	 * Write that a request is answered with a status of 500 or more. Only an unexpected
	 * failure has a stack trace.
	 * @param failure what has failed
	 * @param problem what the client is told
	 */
	static void failed(LoggedRequest request, Throwable failure, Problem problem) {
		boolean unexpected = problem.type().status() == HttpStatus.INTERNAL_SERVER_ERROR;
		LoggingEventBuilder line = line(unexpected ? Level.ERROR : Level.WARN, request,
				problem.type().status().value());
		if (unexpected) {
			line.setCause(failure).log(LoggedText.describe(failure));
		}
		else {
			line.log(causeOf(failure));
		}
	}

	private static String causeOf(Throwable failure) {
		Throwable cause = (failure instanceof Problem) ? failure.getCause() : failure;
		return (cause != null) ? LoggedText.describe(cause) : String.valueOf(failure.getMessage());
	}

	/**
	 * Write that the response of a service, with a status of 500 or more, is passed on.
	 */
	public static void passedOn(LoggedRequest request, int status) {
		line(Level.WARN, request, status).log("The service has answered so");
	}

	/** Write that a response cannot be completed, so that its connection is closed. */
	public static void cutOff(LoggedRequest request, Throwable failure) {
		line(Level.WARN, request, null).log("The response is cut off: " + LoggedText.describe(failure));
	}

	/**
	 * Write that a client has left before the response. For a service that is the
	 * gateway, also if it has answered 504 in the place of the service.
	 * @param elapsed the time since the request was received
	 */
	public static void abandoned(LoggedRequest request, Duration elapsed) {
		line(Level.INFO, request, null).addKeyValue("durationMs", elapsed.toMillis())
			.log("The client has left before the response");
	}

	private static LoggingEventBuilder line(Level level, LoggedRequest request, @Nullable Integer status) {
		LoggingEventBuilder line = logger.atLevel(level);
		if (status != null) {
			line = line.addKeyValue("status", status);
		}
		line = line.addKeyValue("method", request.method()).addKeyValue("path", request.path());
		return withId(withId(line, ID, request.id()), "traceId", request.traceId());
	}

	private static LoggingEventBuilder withId(LoggingEventBuilder line, String name, @Nullable String id) {
		return (id != null) ? line.addKeyValue(name, id) : line;
	}

}
