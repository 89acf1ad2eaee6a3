package lectern.gateway;

import java.time.Duration;
import java.time.Instant;
import java.util.Map;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** The lag of private streams, from the commit to the client. */
@NullUnmarked
class PrivateStreamLagIntegrationTests extends GatewayFixture {

	private static final String NAME = "lectern_relay_lag_seconds";

	private static final String STREAM = "{stream=\"/api/v1/readers/{reader}/events\"} ";

	private StreamClient stream;

	@BeforeEach
	void resetStub() {
		ADA_EVENTS.status = 200;
		ADA_EVENTS.silent = false;
		ADA_EVENTS.requests.clear();
	}

	@AfterEach
	void closeStream() {
		this.stream.close();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA_EVENTS.openConnections.get() == 0);
	}

	@Test
	void liveEventIsRecorded() {
		double before = value("_count");
		connect("/api/v1/readers/ada/events", Map.of()).await(":peer");
		this.stream.await(ADA_EVENTS.commit("reading-started", "live"));
		awaitCount(before + 1);
		assertThat(metrics()).contains(NAME + "_bucket{stream=\"/api/v1/readers/{reader}/events\",le=\"0.1\"}")
			.contains("# HELP " + NAME + " time from an event's commit");
	}

	/** What a client missed while it was away says nothing about the gateway. */
	@Test
	void eventFromBeforeConnectionIsNotRecorded() {
		double before = value("_count");
		String seen = ADA_EVENTS.commit("reading-started", "seen");
		String missed = ADA_EVENTS.commit("reading-finished", "missed");
		connect("/api/v1/readers/ada/events", Map.of("Last-Event-ID", seen)).await(missed);
		this.stream.await(ADA_EVENTS.commit("reading-started", "live"));
		awaitCount(before + 1);
	}

	@Test
	void timeInWhichServiceWasStalledIsRecorded() {
		double countBefore = value("_count");
		double secondsBefore = value("_sum");
		connect("/api/v1/readers/ada/events", Map.of()).await(":peer");
		PROGRESS.stop();
		ADA_EVENTS.drain();
		String meanwhile = ADA_EVENTS.commit("position-reported", "stalled");
		Instant committed = Instant.now();
		Awaitility.await().pollDelay(Duration.ofMillis(300)).until(() -> true);
		Duration stalled = Duration.between(committed, Instant.now());
		PROGRESS.restart();
		this.stream.await(meanwhile);
		awaitCount(countBefore + 1);
		assertThat(value("_sum") - secondsBefore).isGreaterThanOrEqualTo(stalled.toMillis() / 1000.0);
	}

	@Test
	void replayIsNotRecorded() {
		String past = ADA_EVENTS.commit("reading-started", "past");
		connect("/api/v1/readers/ada/replay?from=start", Map.of("Last-Event-ID", ADA_EVENTS.cursor(0))).await(past);
		assertThat(metrics().lines().filter((line) -> line.startsWith(NAME + "_count")))
			.allMatch((line) -> line.contains(STREAM));
	}

	private StreamClient connect(String address, Map<String, String> headers) {
		this.stream = StreamClient.to(plainClient(), address, (sent) -> {
			sent.set("Authorization", "Bearer " + TestTokens.reader());
			headers.forEach(sent::set);
		});
		return this.stream;
	}

	/** The client may receive an event a moment before it is recorded. */
	private void awaitCount(double expected) {
		Awaitility.await().atMost(HANG_LIMIT).untilAsserted(() -> assertThat(value("_count")).isEqualTo(expected));
	}

	private double value(String suffix) {
		return metrics().lines()
			.filter((line) -> line.startsWith(NAME + suffix + STREAM))
			.mapToDouble((line) -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1)))
			.sum();
	}

}
