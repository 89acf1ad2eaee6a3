package lectern.gateway.upstream;

import lectern.web.Problem;

/**
 * Signals that a request was not sent to its service: none of its addresses takes calls,
 * or too many requests wait already.
 */
public final class CallRejectedException extends RuntimeException {

	private static final long serialVersionUID = 1L;

	private final transient Problem problem;

	CallRejectedException(Problem problem) {
		super(problem.detail(), null, false, false);
		this.problem = problem;
	}

	/** Return what the client is told: 503. */
	public Problem problem() {
		return this.problem;
	}

}
