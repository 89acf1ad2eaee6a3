package lectern.gateway;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** A reader's private stream, relayed by the gateway. */
@NullUnmarked
class RelayedStreamIntegrationTests extends GatewayFixture {

	private static final String PATH = "/api/v1/readers/ada/events";

	private static final String REPLAY = "/api/v1/readers/ada/replay";

	private StreamClient stream;

	@BeforeEach
	void resetStub() {
		ADA_EVENTS.status = 200;
		ADA_EVENTS.silent = false;
		ADA_EVENTS.requests.clear();
	}

	@AfterEach
	void closeStream() {
		if (this.stream != null) {
			this.stream.close();
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA_EVENTS.openConnections.get() == 0);
	}

	@Test
	void forwardsServiceEventsUnchanged() {
		connect(Map.of()).await(":peer\nid:peerlog0-");
		String cursor = ADA_EVENTS.commit("reading-started", "one");
		this.stream.await("id:" + cursor + "\ndata:{\"cursor\"");
	}

	@Test
	void forwardsLastEventId() throws InterruptedException {
		String seen = ADA_EVENTS.commit("reading-started", "two");
		String missed = ADA_EVENTS.commit("reading-finished", "two");
		connect(Map.of("Last-Event-ID", seen)).await(missed);
		assertThat(this.stream.ids()).containsExactly(missed);
		assertThat(ADA_EVENTS.requests.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(seen);
	}

	@Test
	void clientStaysConnectedAcrossServiceRestart() {
		connect(Map.of()).await(":peer");
		String before = ADA_EVENTS.commit("reading-started", "three");
		this.stream.await(before);
		PROGRESS.stop();
		ADA_EVENTS.drain();
		String meanwhile = ADA_EVENTS.commit("position-reported", "three");
		PROGRESS.restart();
		this.stream.await(meanwhile);
		String after = ADA_EVENTS.commit("position-reported", "three");
		this.stream.await(after);
		assertThat(this.stream.ids()).containsExactly(before, meanwhile, after);
		assertThat(this.stream.text()).doesNotContain("event:end");
	}

	@Test
	void connectionWaitsWhileServiceIsDown() {
		assertThat(connect(Map.of()).await(":peer").status()).isEqualTo(200);
		this.stream.close();
		String seen = ADA_EVENTS.commit("reading-started", "four");
		PROGRESS.stop();
		String missed = ADA_EVENTS.commit("reading-finished", "four");
		try {
			assertThat(connect(Map.of("Last-Event-ID", seen)).await(":lectern\nid:" + seen).status()).isEqualTo(200);
		}
		finally {
			PROGRESS.restart();
		}
		this.stream.await(missed);
		assertThat(this.stream.ids()).containsExactly(missed);
	}

	/** The response has no id, and the client's next connection may be much later. */
	@Test
	void streamThatBeginsWhileServiceIsDownMissesNothing() {
		ADA_EVENTS.commit("reading-started", "long ago");
		PROGRESS.stop();
		String meanwhile;
		try {
			connect(Map.of()).await(":lectern\nid:20");
			meanwhile = ADA_EVENTS.commit("reading-started", "at once");
		}
		finally {
			PROGRESS.restart();
		}
		this.stream.await(meanwhile);
		assertThat(this.stream.ids()).contains(meanwhile);
	}

	/** The service accepts the request and dies before its first bytes. */
	@Test
	void streamWhoseServiceDiesBeforeFirstIdMissesNothing() throws InterruptedException {
		ADA_EVENTS.silent = true;
		connect(Map.of());
		assertThat(ADA_EVENTS.requests.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isEmpty();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA_EVENTS.openConnections.get() == 1);
		ADA_EVENTS.silent = false;
		String meanwhile = ADA_EVENTS.commit("reading-started", "unseen");
		ADA_EVENTS.drain();
		this.stream.await(meanwhile);
		assertThat(ADA_EVENTS.requests.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).matches("20.*Z");
	}

	@Test
	void lastEventIdParameterIsForwarded() throws InterruptedException {
		String seen = ADA_EVENTS.commit("reading-started", "parameter");
		String missed = ADA_EVENTS.commit("reading-finished", "parameter");
		connect(PATH + "?after=start&lastEventId=" + seen, Map.of()).await(missed);
		assertThat(this.stream.ids()).containsExactly(missed);
		assertThat(ADA_EVENTS.requests.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).startsWith(seen);
	}

	@Test
	void malformedOrFutureAfterIsRejected() {
		for (String after : List.of("2026-11-28", "2999-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00", "nonsense")) {
			this.client.get()
				.uri(URI.create("http://127.0.0.1:" + this.port + PATH + "?after=" + after))
				.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.errors[0].parameter")
				.isEqualTo("after");
		}
	}

	/** A client that comes back by itself with such a token would never stop. */
	@Test
	void streamThatWouldEndAtOnceIsNotBegun() {
		String token = TestTokens.expiringIn(Duration.ofSeconds(1));
		this.client.get()
			.uri(PATH)
			.headers((headers) -> headers.setBearerAuth(token))
			.exchange()
			.expectStatus()
			.isUnauthorized()
			.expectHeader()
			.valueEquals("WWW-Authenticate", "Bearer");
		assertThat(ADA_EVENTS.requests).isEmpty();
	}

	@Test
	void streamEndsAsSignedOutBeforeItsToken() {
		this.stream = StreamClient
			.to(plainClient(), PATH,
					(sent) -> sent.set("Authorization", "Bearer " + TestTokens.expiringIn(Duration.ofSeconds(6))))
			.await(":peer");
		String cursor = ADA_EVENTS.commit("reading-started", "short session");
		this.stream.await(cursor)
			.await("event:end\nid:" + cursor + "\ndata:{\"reason\":\"signed-out\"}\n\n")
			.awaitEnd();
	}

	@Test
	void endEventsHaveLastId() {
		for (String reason : List.of("age", "signed-out")) {
			connect(Map.of()).await(":peer");
			Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA_EVENTS.openConnections.get() == 1);
			String cursor = ADA_EVENTS.cursor(12_345);
			ADA_EVENTS.send("event:end\nid:" + cursor + "\ndata:{\"reason\":\"" + reason + "\"}\n\n");
			this.stream.await("event:end\nid:" + cursor + "\ndata:{\"reason\":\"" + reason + "\"}\n\n").awaitEnd();
			Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA_EVENTS.openConnections.get() == 0);
		}
	}

	@Test
	void forwardsRejectionOfService() {
		ADA_EVENTS.status = 429;
		this.client.get()
			.uri(PATH)
			.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
			.exchange()
			.expectStatus()
			.isEqualTo(429)
			.expectHeader()
			.contentType("application/problem+json")
			.expectBody(String.class)
			.isEqualTo("{\"status\":429}");
	}

	@Test
	void connectionWaitsWhileServiceAnswers503() {
		ADA_EVENTS.status = 503;
		assertThat(connect(Map.of()).await(":lectern\nid:20").status()).isEqualTo(200);
		ADA_EVENTS.status = 200;
		this.stream.await(":peer");
	}

	@Test
	void replayForwardsQueryAndEndsWithFinished() throws InterruptedException {
		String seen = ADA_EVENTS.commit("reading-started", "five");
		String missed = ADA_EVENTS.commit("reading-finished", "five");
		connect(REPLAY + "?speed=max&from=start", Map.of("Last-Event-ID", seen)).await(missed);
		assertThat(ADA_EVENTS.requests.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS))
			.isEqualTo(seen + "?speed=max&from=start");
		ADA_EVENTS.send("event:end\nid:" + missed + "\ndata:{\"reason\":\"finished\"}\n\n");
		this.stream.await("event:end\nid:" + missed + "\ndata:{\"reason\":\"finished\"}\n\n").awaitEnd();
	}

	@Test
	void interruptedReplayResumesFromLastId() throws InterruptedException {
		String seen = ADA_EVENTS.commit("reading-started", "six");
		String first = ADA_EVENTS.commit("position-reported", "six");
		connect(REPLAY + "?to=" + first, Map.of("Last-Event-ID", seen)).await(first);
		ADA_EVENTS.requests.clear();
		ADA_EVENTS.status = 204;
		ADA_EVENTS.drain();
		this.stream.await("event:end\nid:" + first + "\ndata:{\"reason\":\"finished\"}\n\n").awaitEnd();
		assertThat(ADA_EVENTS.requests.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS))
			.isEqualTo(first + "?to=" + first);
	}

	@Test
	void finishedReplayIsNoContent() {
		ADA_EVENTS.status = 204;
		assertThat(connect(REPLAY, Map.of("Last-Event-ID", "peerlog0-1")).status()).isEqualTo(204);
		this.stream.awaitEnd();
		assertThat(this.stream.text()).isEmpty();
	}

	/** With an id, the next connection would skip events. */
	@Test
	void replayThatBeginsWhileServiceIsDownHasNoId() {
		PROGRESS.stop();
		try {
			connect(REPLAY, Map.of()).await(":lectern\n\n");
		}
		finally {
			PROGRESS.restart();
		}
	}

	@Test
	void rejectsParametersOfOtherStreams() {
		ADA_EVENTS.status = 400;
		assertThat(connect(REPLAY + "?speed=0", Map.of()).status()).isEqualTo(400);
		for (String address : List.of(PATH + "?speed=1", REPLAY + "?after=start", REPLAY + "?speed=1&speed=2")) {
			this.client.get()
				.uri(address)
				.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.type")
				.isEqualTo("/problems/invalid-parameter");
		}
	}

	@Test
	void streamOfAnotherReaderIsForbidden() {
		this.client.get()
			.uri("/api/v1/readers/bob/events")
			.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
			.exchange()
			.expectStatus()
			.isForbidden();
		this.client.get()
			.uri("/api/v1/readers/bob/replay")
			.headers((headers) -> headers.setBearerAuth(TestTokens.reader()))
			.exchange()
			.expectStatus()
			.isForbidden();
		this.client.get().uri(PATH).exchange().expectStatus().isUnauthorized();
	}

	@Test
	void clientDisconnectCancelsUpstream() {
		connect(Map.of()).await(":peer");
		assertThat(metrics()).contains("lectern_edge_upstreams{stream=\"/api/v1/readers/{reader}/events\"} 1.0");
		this.stream.close();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA_EVENTS.openConnections.get() == 0);
		Awaitility.await()
			.atMost(HANG_LIMIT)
			.until(() -> metrics().contains("lectern_edge_upstreams{stream=\"/api/v1/readers/{reader}/events\"} 0.0"));
	}

	/** The response may arrive at any time while the client disconnects. */
	@Test
	void clientDisconnectBeforeResponseCancelsUpstream() {
		for (int round = 0; round < 150; round++) {
			List<StreamClient> clients = Stream.generate(() -> connect(Map.of())).limit(8).toList();
			Mono.delay(Duration.ofMillis(ThreadLocalRandom.current().nextInt(8)))
				.doOnNext((_) -> clients.forEach(StreamClient::close))
				.block(HANG_LIMIT);
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> ADA_EVENTS.openConnections.get() == 0);
	}

	private StreamClient connect(Map<String, String> headers) {
		return connect(PATH, headers);
	}

	private StreamClient connect(String address, Map<String, String> headers) {
		this.stream = StreamClient.to(plainClient(), address, (sent) -> {
			sent.set("Authorization", "Bearer " + TestTokens.reader());
			headers.forEach(sent::set);
		});
		return this.stream;
	}

}
