package lectern.gateway.relay;

import org.springframework.http.HttpStatus;
import org.springframework.web.server.ResponseStatusException;

/** Signals that a service did not begin its response in time, as in the ordinary way. */
final class ResponseTimeoutException extends ResponseStatusException {

	private static final long serialVersionUID = 1L;

	ResponseTimeoutException() {
		super(HttpStatus.GATEWAY_TIMEOUT);
	}

	/** An expected event needs no stack trace. */
	@Override
	public Throwable fillInStackTrace() {
		return this;
	}

}
