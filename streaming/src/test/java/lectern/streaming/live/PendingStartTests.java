package lectern.streaming.live;

import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import lectern.streaming.log.InMemoryEventOrigin;
import lectern.streaming.server.EmbeddedStreamClient;
import lectern.streaming.server.RequestedStart;
import lectern.streaming.server.TestSseServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;
import reactor.test.StepVerifier;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * Connections that open before their start is known, because the log cannot be read. A
 * temporary failure is no reason to reject a request or to let it wait.
 */
class PendingStartTests {

	private static final Pattern INSTANT_OPENING = Pattern.compile("retry:\\d{4}\\n:lectern\\nid:(20\\S+Z)\\n\\n");

	private final TestSseServer sseServer = TestSseServer.withManualTime();

	private final InMemoryEventOrigin origin = new InMemoryEventOrigin();

	private final Hub<String> hub = new Hub<>("/events", "/state", this.origin,
			(cursor, envelope) -> envelope.event().getBytes(), (_) -> null, this.sseServer.server);

	@AfterEach
	void stop() {
		this.hub.stop();
	}

	@Test
	void opensWithInstantWhileLogCannotBeRead() {
		EmbeddedStreamClient client = connect(null);
		Matcher opening = INSTANT_OPENING.matcher(client.text());
		assertThat(opening.matches()).as(client.text()).isTrue();
		assertThat(Instant.parse(opening.group(1))).isBetween(Instant.now().minusSeconds(60),
				Instant.now().minusSeconds(2));
		client.advanceTo(15_000);
		assertThat(client.text()).endsWith("\n\nid:" + opening.group(1) + "\n\n");
	}

	@Test
	void deliversEventsSinceOpeningWhenLogCanBeRead() {
		this.origin.commitAt(Instant.now().minusSeconds(60), "before");
		EmbeddedStreamClient client = connect(null);
		assertThat(client.events()).isEmpty();
		this.origin.commit("meanwhile");
		start();
		client.awaitEvents(1);
		this.origin.commit("live");
		client.awaitEvents(2);
		assertThat(client.events()).containsExactly("meanwhile", "live");
		assertThat(client.text()).contains("Z\n\nid:epoch000-1\n\nid:epoch000-2\n");
	}

	/** The client of a dropped connection has only the instant. */
	@Test
	void instantOfOpeningResumesFromThere() {
		this.origin.commitAt(Instant.now().minusSeconds(60), "before");
		Matcher opening = INSTANT_OPENING.matcher(connect(null).text());
		assertThat(opening.matches()).isTrue();
		this.origin.commit("meanwhile");
		start();
		EmbeddedStreamClient resumed = connect(opening.group(1));
		assertThat(resumed.text()).contains(":lectern\nid:epoch000-1\n\n");
		assertThat(resumed.events()).containsExactly("meanwhile");
	}

	@ParameterizedTest
	@CsvSource({ "epoch000-1, 'two,three'", "start, 'one,two,three'", "1066-10-14T09:00:00Z, 'one,two,three'",
			"-1000000000-01-01T00:00:00Z, 'one,two,three'" })
	void requestedStartIsKept(String requested, String events) {
		EmbeddedStreamClient client = connect(requested);
		assertThat(client.text()).endsWith(":lectern\nid:" + requested + "\n\n");
		this.origin.commit("one", "two", "three");
		start();
		client.awaitEvents(events.split(",").length);
		assertThat(client.events()).containsExactly(events.split(","));
	}

	@ParameterizedTest
	@ValueSource(strings = { "nonsense", "otherepoch-1", "epoch000-99", "2999-01-01T00:00:00Z", "a\nb" })
	void unusableStartIsResetLater(String requested) {
		EmbeddedStreamClient client = connect(requested);
		start();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> client.text().contains("event:reset\nid:epoch000-0\ndata:"));
		assertThat(client.text()).doesNotContain("\nid:nonsense").doesNotContain("\nb");
		this.origin.commit("live");
		client.awaitEvents(1);
	}

	@Test
	void endBeforeStartCarriesRequestedId() {
		EmbeddedStreamClient client = connect("epoch000-3");
		client.advanceTo(Duration.ofMinutes(10).toMillis());
		assertThat(client.text()).endsWith("event:end\nid:epoch000-3\ndata:{\"reason\":\"age\"}\n\n");
		assertThat(client.channel.isOpen()).isFalse();
		assertThat(client.permitReleases).isEqualTo(1);
	}

	@Test
	void shutdownDoesNotWaitForStart() {
		StepVerifier.create(connection(null)).expectSubscription().then(() -> this.sseServer.server.stop(() -> {
		})).expectNextCount(1).expectComplete().verify(HANG_LIMIT);
	}

	@Test
	void startIsResolvedDuringShutdownIfLogCanBeRead() {
		start();
		this.sseServer.server.stop(() -> {
		});
		assertThat(connect(null).text()).contains(":lectern\nid:epoch000-0\n\n");
	}

	private void start() {
		this.hub.start();
		this.hub.filled().block(HANG_LIMIT);
	}

	private EmbeddedStreamClient connect(String requested) {
		return this.sseServer.open(Objects.requireNonNull(connection(requested).block(HANG_LIMIT)));
	}

	private Mono<LiveConnection<String>> connection(String requested) {
		return this.hub.connection(new RequestedStart(requested, false), StreamFilter.all(this.origin));
	}

}
