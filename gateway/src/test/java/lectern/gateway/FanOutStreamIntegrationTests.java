package lectern.gateway;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.netty.handler.codec.http.HttpHeaders;
import lectern.web.TestTokens;
import org.awaitility.Awaitility;
import org.jspecify.annotations.NullUnmarked;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import org.springframework.http.HttpMethod;

import static lectern.web.TestTimeouts.HANG_LIMIT;
import static org.assertj.core.api.Assertions.assertThat;

/** Shared streams, for which the gateway has one upstream subscription each. */
@NullUnmarked
class FanOutStreamIntegrationTests extends GatewayFixture {

	private static final StubEventStream CATALOG_EVENTS = CATALOG_STUB.stream;

	private final List<StreamClient> clients = new ArrayList<>();

	@AfterEach
	void closeClients() {
		this.clients.forEach(StreamClient::close);
	}

	@Test
	void sendsOpeningAtOnceAndEventsWithoutDelay() {
		StreamClient client = connect("");
		client.await(":lectern\nid:peerlog");
		for (int event = 0; event < 3; event++) {
			client.await("id:" + CATALOG_EVENTS.commit("book-added", "one") + "\ndata:{");
		}
	}

	@Test
	void subscribersShareOneUpstream() {
		List<StreamClient> many = IntStream.range(0, 30).mapToObj((_) -> connect("").await(":lectern")).toList();
		String cursor = CATALOG_EVENTS.commit("book-added", "two");
		many.forEach((client) -> client.await("id:" + cursor));
		assertThat(CATALOG_EVENTS.openConnections.get()).isEqualTo(1);
		assertThat(metrics()).contains("lectern_edge_upstreams{stream=\"/api/v1/catalog/events\"} 1.0");
	}

	@Test
	void resumeDeliversEventsAfterLastId() {
		String seen = CATALOG_EVENTS.commit("book-added", "three");
		String missed = CATALOG_EVENTS.commit("book-changed", "three");
		StreamClient client = connect("", "Last-Event-ID", seen).await(missed);
		String next = CATALOG_EVENTS.commit("book-changed", "three");
		client.await(next);
		assertThat(client.ids()).containsExactly(missed, next);
	}

	@Test
	void resumeBeforeRingBufferCatchesUpAndContinuesLive() {
		String old = CATALOG_EVENTS.commit("book-added", "old");
		List<String> missed = IntStream.range(0, 6_000)
			.mapToObj((_) -> CATALOG_EVENTS.commit("book-changed", "old"))
			.toList();
		connect("").await(":lectern");
		StreamClient client = connect("", "Last-Event-ID", old).await(missed.getLast());
		String live = CATALOG_EVENTS.commit("book-changed", "old");
		client.await(live);
		List<String> all = new ArrayList<>(missed);
		all.add(live);
		assertThat(client.ids()).isEqualTo(all);
	}

	/** The end of an interrupted page was once taken for the end of the log. */
	@Test
	void catchUpIsCompleteAfterServiceRestart() throws InterruptedException {
		StreamClient live = connect("").await(":lectern");
		String old = CATALOG_EVENTS.commit("book-added", "older");
		List<String> missed = IntStream.range(0, 5_000)
			.mapToObj((_) -> CATALOG_EVENTS.commit("book-changed", "older"))
			.toList();
		live.await(missed.getLast());
		CATALOG_EVENTS.requests.clear();
		CATALOG_EVENTS.maxReplayedEvents = 100;
		try {
			StreamClient client = connect("", "Last-Event-ID", old).await(":lectern");
			assertThat(CATALOG_EVENTS.requests.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(old);
			CATALOG_EVENTS.maxReplayedEvents = Integer.MAX_VALUE;
			client.await(missed.getLast());
			assertThat(client.ids()).isEqualTo(missed);
		}
		finally {
			CATALOG_EVENTS.maxReplayedEvents = Integer.MAX_VALUE;
		}
	}

	@Test
	void appliesQueryFilters() {
		StreamClient client = connect("?types=book-removed,book-added&book=four").await(":lectern");
		CATALOG_EVENTS.commit("book-changed", "four");
		CATALOG_EVENTS.commit("book-added", "five");
		String wanted = CATALOG_EVENTS.commit("book-added", "four");
		client.await(wanted);
		assertThat(client.ids()).containsExactly(wanted);
	}

	@Test
	void activitySubscribersShareOneUpstream() {
		List<StreamClient> many = IntStream.range(0, 10).mapToObj((_) -> activity("").await(":lectern")).toList();
		StreamClient filtered = activity("?book=two").await(":lectern");
		String one = ACTIVITY_EVENTS.commit("activity", "one");
		String two = ACTIVITY_EVENTS.commit("activity", "two");
		many.forEach((client) -> client.await("id:" + two));
		filtered.await(two);
		assertThat(filtered.ids()).containsExactly(two);
		assertThat(many.getFirst().ids()).containsExactly(one, two);
		assertThat(ACTIVITY_EVENTS.openConnections.get()).isEqualTo(1);
	}

	@Test
	void acceptsLastEventIdAsParameter() {
		String seen = CATALOG_EVENTS.commit("book-added", "parameter");
		String missed = CATALOG_EVENTS.commit("book-changed", "parameter");
		StreamClient client = connect("?after=start&lastEventId=" + seen).await(missed);
		assertThat(client.ids()).containsExactly(missed);
	}

	@Test
	void rejectsMalformedOrFutureAfter() {
		String future = CATALOG_EVENTS.cursor(1_000_000);
		for (String after : List.of("2026-11-28", "2999-01-01T00:00:00Z", "2026-01-01T00:00:00+01:00", future)) {
			this.client.get()
				.uri(URI.create("http://127.0.0.1:" + this.port + "/api/v1/catalog/events?after=" + after))
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.errors[0].parameter")
				.isEqualTo("after");
		}
	}

	@Test
	void rejectsInvalidFilterParameters() {
		for (String query : List.of("types=nonsense", "book=No%20Book", "other=1", "book=a&book=b")) {
			this.client.get()
				.uri("/api/v1/catalog/events?" + query)
				.exchange()
				.expectStatus()
				.isBadRequest()
				.expectBody()
				.jsonPath("$.errors[0].parameter")
				.isEqualTo(query.substring(0, query.indexOf('=')));
		}
	}

	@Test
	void clientsStayConnectedAcrossServiceRestart() {
		StreamClient client = connect("").await(":lectern");
		String before = CATALOG_EVENTS.commit("book-added", "six");
		client.await(before);
		CATALOG.stop();
		CATALOG_EVENTS.drain();
		CATALOG.restart();
		String after = CATALOG_EVENTS.commit("book-changed", "six");
		client.await(after);
		assertThat(client.ids()).containsExactly(before, after);
		assertThat(client.isOpen()).isTrue();
		assertThat(client.text()).doesNotContain("event:end");
	}

	@Test
	void replacedLogSendsReset() {
		StreamClient client = connect("").await(":lectern");
		CATALOG_EVENTS.replace("peerlog1");
		client.await("event:reset\nid:peerlog1-");
		client.await("\"reason\":\"foreign-epoch\",\"read\":\"/api/v1/books\"");
		String next = CATALOG_EVENTS.commit("book-added", "seven");
		client.await("id:" + next);
		CATALOG_EVENTS.replace("peerlog0");
		client.await("event:reset\nid:peerlog0-");
	}

	@Test
	void newClientIsServedWhileServiceIsDown() {
		CATALOG.stop();
		CATALOG_EVENTS.drain();
		try {
			assertThat(connect("").await(":lectern").status()).isEqualTo(200);
		}
		finally {
			CATALOG.restart();
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> CATALOG_EVENTS.openConnections.get() == 1);
	}

	@Test
	void unresolvableStartIsResolvedWhenServiceIsBack() {
		String first = CATALOG_EVENTS.commit("book-added", "first");
		StreamClient client;
		CATALOG.stop();
		CATALOG_EVENTS.drain();
		try {
			client = connect("?after=2026-01-01T00:00:00Z");
			assertThat(client.status()).isEqualTo(200);
			client.await(":lectern\nid:2026-01-01T00:00:00Z\n\n");
		}
		finally {
			CATALOG.restart();
		}
		client.await("id:" + first + "\ndata:");
		assertThat(client.isOpen()).isTrue();
		Awaitility.await().atMost(HANG_LIMIT).until(() -> CATALOG_EVENTS.openConnections.get() == 1);
	}

	@Test
	void ignoresInvalidTokens() {
		PROGRESS.stop();
		try {
			for (String token : List.of(TestTokens.signedByUnknownKey(), TestTokens.expired(), "a.b.c")) {
				assertThat(connect("", "Authorization", "Bearer " + token).status()).isEqualTo(200);
				assertThat(connect("", "Cookie", "lectern-token=" + token).status()).isEqualTo(200);
			}
		}
		finally {
			PROGRESS.restart();
		}
	}

	@Test
	void rejectsOtherMediaTypesMethodsAndBodies() {
		for (String accept : List.of("application/json", "text/event-stream;q=0, application/json",
				"text/event-stream;q=0, */*", "text/*;q=0, */*;q=0.1", "nonsense")) {
			this.client.get()
				.uri("/api/v1/catalog/events")
				.header("Accept", accept)
				.exchange()
				.expectStatus()
				.isEqualTo(406);
		}
		this.client.delete()
			.uri("/api/v1/catalog/events")
			.headers((headers) -> headers.setBearerAuth(TestTokens.curator()))
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueEquals("Allow", "GET, HEAD, OPTIONS");
		this.client.method(HttpMethod.GET)
			.uri("/api/v1/catalog/events")
			.bodyValue("some content")
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void acceptsHundredRequestHeaders() {
		String[] headers = IntStream.range(0, 100)
			.boxed()
			.flatMap((number) -> Stream.of("X-H-" + number, "v"))
			.toArray(String[]::new);
		assertThat(connect("", headers).await(":lectern").status()).isEqualTo(200);
	}

	private StreamClient connect(String query, String... headers) {
		return open("/api/v1/catalog/events" + query, headers);
	}

	private StreamClient activity(String query) {
		return open("/api/v1/activity/events" + query);
	}

	private StreamClient open(String path, String... headers) {
		StreamClient client = StreamClient.to(plainClient(), path, (sent) -> set(sent, headers));
		this.clients.add(client);
		return client;
	}

	private static void set(HttpHeaders sent, String... headers) {
		for (int index = 0; index < headers.length; index += 2) {
			sent.set(headers[index], headers[index + 1]);
		}
	}

}
