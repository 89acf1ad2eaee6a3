package lectern.streaming.server;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.function.LongSupplier;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import lectern.web.RevokedSessions;

/** An {@link SseServer} with small limits, a controllable clock and its own meters. */
public final class TestSseServer {

	private static final StreamSettings SETTINGS = new StreamSettings(100, 10, 100, Map.of(), Duration.ofMinutes(10),
			Duration.ofMillis(200));

	public final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	public final RevokedSessions revokedSessions = new RevokedSessions(Clock.systemUTC());

	private final ConnectionTicker connectionTicker;

	public final SseServer server;

	private TestSseServer(LongSupplier clock) {
		this.connectionTicker = new ConnectionTicker(clock, SETTINGS.maxAge(), this.revokedSessions);
		this.server = new SseServer(SETTINGS, this.connectionTicker, this.registry, StreamEndListener.NONE);
	}

	/** Time stands still until {@link EmbeddedStreamClient#advanceTo}. */
	public static TestSseServer withManualTime() {
		return new TestSseServer(() -> 0);
	}

	/** Time passes once the timer is started. */
	public static TestSseServer withRealTime() {
		return new TestSseServer(System::currentTimeMillis);
	}

	public void startTimer() {
		this.connectionTicker.start();
	}

	public void stopTimer() {
		this.connectionTicker.stop();
	}

	/** Open a connection on a channel in memory and subscribe to its feed. */
	public EmbeddedStreamClient open(SseConnection connection) {
		EmbeddedStreamClient client = openWithoutFeed(connection);
		client.startFeed();
		return client;
	}

	/** Open a connection on a channel in memory. */
	public EmbeddedStreamClient openWithoutFeed(SseConnection connection) {
		return new EmbeddedStreamClient(connection, this.connectionTicker);
	}

	/** The number of connections that were closed for a reason. */
	public double closed(String reason) {
		return this.registry.get(StreamMeter.CLOSED.getName()).tag("reason", reason).counter().count();
	}

	/** The number of open connections of the only stream. */
	public double openConnections() {
		return this.registry.get(StreamMeter.SUBSCRIBERS.getName()).gauge().value();
	}

}
