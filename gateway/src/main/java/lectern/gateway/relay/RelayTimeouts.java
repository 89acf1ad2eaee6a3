package lectern.gateway.relay;

import java.time.Duration;
import java.util.Objects;

import org.springframework.cloud.gateway.config.HttpClientProperties;

/**
 * The timeouts of connections to services, which are those of Spring Cloud Gateway's
 * client.
 *
 * @param connectMillis how long a connection may take to open
 * @param responseNanos how long a response may take to begin
 * @param idleNanos how long a connection is kept without a request
 */
record RelayTimeouts(int connectMillis, long responseNanos, long idleNanos) {

	private static final Duration UNLIMITED = Duration.ofDays(365);

	static RelayTimeouts of(HttpClientProperties client) {
		Integer connect = client.getConnectTimeout();
		return new RelayTimeouts(Objects.requireNonNullElse(connect, 0),
				Objects.requireNonNullElse(client.getResponseTimeout(), UNLIMITED).toNanos(),
				Objects.requireNonNullElse(client.getPool().getMaxIdleTime(), UNLIMITED).toNanos());
	}

}
