package lectern.web.setting;

import org.jspecify.annotations.Nullable;
import reactor.netty.ChannelBindException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

/**
 * Explains in one sentence that a server cannot listen, because the address is not of
 * this machine, or because the port is in use or needs a right.
 */
@Order(Ordered.HIGHEST_PRECEDENCE)
final class ListenFailureAnalyzer extends AbstractFailureAnalyzer<ChannelBindException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, ChannelBindException cause) {
		return new FailureAnalysis("Nothing can listen on port " + cause.localPort() + " of the address "
				+ cause.localHost() + reason(cause.getMessage())
				+ ": set another port (SERVER_PORT or MANAGEMENT_SERVER_PORT) or an address of this machine "
				+ "(SERVER_ADDRESS or MANAGEMENT_SERVER_ADDRESS).", null, cause);
	}

	private static String reason(@Nullable String message) {
		return (message != null) ? " (" + message + ")" : "";
	}

}
