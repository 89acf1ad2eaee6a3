package lectern.web;

import java.net.InetSocketAddress;
import java.time.Duration;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.http.server.reactive.ServerHttpRequest;

/**
 * Writes a line to the log of security events if somebody who is signed in tries what
 * they may not do: once a minute for each reader, who could otherwise fill the log.
 */
public final class RefusedAccessLog {

	private static final Logger logger = LoggerFactory.getLogger("lectern.security");

	private static final int MAX_READERS = 10_000;

	private static final Cache<String, Boolean> LATEST = Caffeine.newBuilder()
		.maximumSize(MAX_READERS)
		.expireAfterWrite(Duration.ofMinutes(1))
		.build();

	private RefusedAccessLog() {
	}

	/**
	 * Write the line of a refused request.
	 * @param reader the handle of a valid token
	 */
	public static void write(String reader, ServerHttpRequest request) {
		if (LATEST.asMap().putIfAbsent(reader, true) == null) {
			InetSocketAddress peer = request.getRemoteAddress();
			logger.info("access-refused reader={} address={} request={}", reader,
					(peer != null && peer.getAddress() != null) ? peer.getAddress().getHostAddress() : "-",
					RequestIdFilter.validOrGenerated(request.getHeaders().getFirst(RequestIdFilter.HEADER)));
		}
	}

}
