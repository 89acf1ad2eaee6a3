package lectern.streaming.server;

import java.time.Duration;
import java.util.Map;

import lectern.web.setting.SettingConstraints;
import lectern.web.setting.StartRefusedException;

import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * Limits of open streams, and how they end.
 *
 * @param maxConnections streams that are open at once in this process; each needs a file
 * descriptor
 * @param maxPerReader streams that one reader has open at once
 * @param maxPerAddress streams that are open at once from one IPv4 address or IPv6
 * network (/64); the gateway enforces it
 * @param maxPerStream connections to one stream, by the pattern of its route; streams
 * that are not listed have no limit of their own
 * @param maxAge the longest age of a stream; each ends at a random age of at least four
 * fifths of it, and its client connects again
 * @param drainTimeout the time over which streams are ended when the service stops; less
 * than {@code spring.lifecycle.timeout-per-shutdown-phase}
 */
@ConfigurationProperties("lectern.streams")
record StreamSettings(@DefaultValue("15000") int maxConnections, @DefaultValue("50") int maxPerReader,
		@DefaultValue("1000") int maxPerAddress, @DefaultValue Map<String, Integer> maxPerStream,
		@DefaultValue("10m") Duration maxAge, @DefaultValue("2s") Duration drainTimeout) {

	/** A shorter one would end streams faster than their clients come back. */
	private static final Duration MIN_AGE = Duration.ofSeconds(1);

	StreamSettings {
		SettingConstraints.requireAtLeast(1, "max-connections", maxConnections);
		SettingConstraints.requireAtLeast(1, "max-per-reader", maxPerReader);
		SettingConstraints.requireAtLeast(1, "max-per-address", maxPerAddress);
		maxPerStream
			.forEach((stream, max) -> SettingConstraints.requireAtLeast(1, "max-per-stream[" + stream + "]", max));
		SettingConstraints.requireAtLeast(MIN_AGE, "max-age", maxAge);
		SettingConstraints.requireAtLeast(Duration.ZERO, "drain-timeout", drainTimeout);
	}

	/**
	 * Require that streams are ended while the service waits for them.
	 * @param shutdownPhase how long a service that stops waits
	 * @throws StartRefusedException if it would not wait for all of them
	 */
	void requireDrainWithin(Duration shutdownPhase) {
		if (this.drainTimeout.compareTo(shutdownPhase) >= 0) {
			throw new StartRefusedException("The setting lectern.streams.drain-timeout (LECTERN_STREAMS_DRAINTIMEOUT "
					+ "in the environment) is not less than spring.lifecycle.timeout-per-shutdown-phase, which is "
					+ shutdownPhase.toSeconds() + "s: make the first less, or the second more.");
		}
	}

}
