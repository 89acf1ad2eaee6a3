package lectern.gateway.relay;

/**
 * Signals that a service did not begin its response. Its cause says why; it has no stack
 * trace, because it is an expected event and not a fault.
 */
final class RelayFailureException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	RelayFailureException(Throwable cause) {
		super(cause.getMessage(), cause, false, false);
	}

}
