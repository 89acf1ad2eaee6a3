package lectern.gateway.accesslog;

import io.netty.channel.Channel;
import io.netty.util.AttributeKey;
import org.jspecify.annotations.Nullable;

/** The pattern of the route of the request that a connection serves. */
public final class LoggedRoute {

	private static final AttributeKey<String> PATTERN = AttributeKey.valueOf("lectern.logged-route");

	private LoggedRoute() {
	}

	/**
	 * Set the pattern before the response begins.
	 * @param pattern a pattern, never the path of a client
	 */
	public static void set(Channel channel, String pattern) {
		channel.attr(PATTERN).set(pattern);
	}

	/** Return the pattern, and forget it; {@code -} if the request has none. */
	static String take(Channel channel) {
		@Nullable String pattern = channel.attr(PATTERN).getAndSet(null);
		return (pattern != null) ? pattern : AccessLogWriter.NONE;
	}

}
