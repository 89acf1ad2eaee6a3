package lectern.streaming.server;

import java.time.Duration;
import java.util.Map;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of open streams, and how they end.
 *
 * @param maxConnections open at once in this process; each needs a file descriptor
 * @param maxPerReader open at once by one reader
 * @param maxPerAddress open at once from one IPv4 address or IPv6 network (/64)
 * @param maxPerStream open at once of one stream, by the route's pattern; streams that
 * are not listed have no limit of their own
 * @param maxAge the longest age of a stream; each ends at a random age of at least four
 * fifths of it
 * @param drainTimeout the time over which streams are ended when the service stops; less
 * than {@code spring.lifecycle.timeout-per-shutdown-phase}
 */
@ConfigurationProperties("lectern.streams")
record StreamSettings(@DefaultValue("15000") int maxConnections, @DefaultValue("50") int maxPerReader,
		@DefaultValue("1000") int maxPerAddress, @DefaultValue Map<String, Integer> maxPerStream,
		@DefaultValue("10m") Duration maxAge, @DefaultValue("2s") Duration drainTimeout) {

}
