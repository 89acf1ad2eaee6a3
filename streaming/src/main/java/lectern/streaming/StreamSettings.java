package lectern.streaming;

import java.time.Duration;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * How many streams there may be, and how they end.
 *
 * @param most open at once in this process: each takes a file descriptor
 * @param perReader open at once by one reader
 * @param perAddress open at once from one IPv4 address or IPv6 network (/64)
 * @param drain how long it takes to end them when the service stops; less than
 * {@code spring.lifecycle.timeout-per-shutdown-phase}
 */
@ConfigurationProperties("lectern.streams")
public record StreamSettings(@DefaultValue("15000") int most, @DefaultValue("50") int perReader,
		@DefaultValue("1000") int perAddress, @DefaultValue("2s") Duration drain) {

}
