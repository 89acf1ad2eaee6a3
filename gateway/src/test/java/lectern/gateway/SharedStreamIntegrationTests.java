package lectern.gateway;

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

/** Everybody's stream, of which there is one upstream. */
@NullUnmarked
class SharedStreamIntegrationTests extends GatewayFixture {

	private static final StreamPeer PEER = CATALOG_SIDE.stream;

	private final List<StreamClient> clients = new ArrayList<>();

	@AfterEach
	void leave() {
		this.clients.forEach(StreamClient::close);
	}

	@Test
	void firstBytesComeAtOnceAndEachEventBeforeTheNext() {
		StreamClient client = connect("");
		client.await(":lectern\nid:peerlog");
		for (int event = 0; event < 3; event++) {
			client.await("id:" + PEER.commit("book-added", "one") + "\ndata:{");
		}
	}

	@Test
	void manySubscribersHaveOneUpstream() {
		List<StreamClient> many = IntStream.range(0, 30).mapToObj((_) -> connect("").await(":lectern")).toList();
		String cursor = PEER.commit("book-added", "two");
		many.forEach((client) -> client.await("id:" + cursor));
		assertThat(PEER.open.get()).isEqualTo(1);
		assertThat(metrics()).contains("lectern_edge_upstreams{stream=\"/api/v1/catalog/events\"} 1.0");
	}

	@Test
	void aResumerGetsEverythingAfterItsId() {
		String seen = PEER.commit("book-added", "three");
		String missed = PEER.commit("book-changed", "three");
		StreamClient client = connect("", "Last-Event-ID", seen).await(missed);
		String next = PEER.commit("book-changed", "three");
		client.await(next);
		assertThat(client.ids()).containsExactly(missed, next);
	}

	@Test
	void aResumerOlderThanTheRingIsRelayedUntilItHasCaughtUp() {
		String old = PEER.commit("book-added", "old");
		List<String> missed = IntStream.range(0, 6_000).mapToObj((_) -> PEER.commit("book-changed", "old")).toList();
		connect("").await(":lectern");
		StreamClient client = connect("", "Last-Event-ID", old).await(missed.getLast());
		String live = PEER.commit("book-changed", "old");
		client.await(live);
		List<String> all = new ArrayList<>(missed);
		all.add(live);
		assertThat(client.ids()).isEqualTo(all);
	}

	/** It once took the end of a page for the end of the past. */
	@Test
	void aResumerOlderThanTheRingMissesNothingWhenTheServiceStopsMeanwhile() throws InterruptedException {
		StreamClient live = connect("").await(":lectern");
		String old = PEER.commit("book-added", "older");
		List<String> missed = IntStream.range(0, 5_000).mapToObj((_) -> PEER.commit("book-changed", "older")).toList();
		live.await(missed.getLast());
		PEER.asked.clear();
		PEER.mostPast = 100;
		try {
			StreamClient client = connect("", "Last-Event-ID", old).await(":lectern");
			assertThat(PEER.asked.poll(HANG_LIMIT.toSeconds(), TimeUnit.SECONDS)).isEqualTo(old);
			PEER.mostPast = Integer.MAX_VALUE;
			client.await(missed.getLast());
			assertThat(client.ids()).isEqualTo(missed);
		}
		finally {
			PEER.mostPast = Integer.MAX_VALUE;
		}
	}

	@Test
	void filtersAreAppliedHere() {
		StreamClient client = connect("?types=book-removed,book-added&book=four").await(":lectern");
		PEER.commit("book-changed", "four");
		PEER.commit("book-added", "five");
		String wanted = PEER.commit("book-added", "four");
		client.await(wanted);
		assertThat(client.ids()).containsExactly(wanted);
	}

	@Test
	void activityIsShared() {
		List<StreamClient> many = IntStream.range(0, 10).mapToObj((_) -> activity("").await(":lectern")).toList();
		StreamClient filtered = activity("?book=two").await(":lectern");
		String one = ACTIVITY.commit("activity", "one");
		String two = ACTIVITY.commit("activity", "two");
		many.forEach((client) -> client.await("id:" + two));
		filtered.await(two);
		assertThat(filtered.ids()).containsExactly(two);
		assertThat(many.getFirst().ids()).containsExactly(one, two);
		assertThat(ACTIVITY.open.get()).isEqualTo(1);
	}

	@Test
	void whatCannotBeAskedForIsRefusedByName() {
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
	void nobodyIsDisconnectedWhenTheServiceRestarts() {
		StreamClient client = connect("").await(":lectern");
		String before = PEER.commit("book-added", "six");
		client.await(before);
		CATALOG.goAway();
		PEER.drain();
		CATALOG.comeBack();
		String after = PEER.commit("book-changed", "six");
		client.await(after);
		assertThat(client.ids()).containsExactly(before, after);
		assertThat(client.isOpen()).isTrue();
		assertThat(client.text()).doesNotContain("event:end");
	}

	@Test
	void aReplacedLogIsSaidToWhoIsConnected() {
		StreamClient client = connect("").await(":lectern");
		PEER.replace("peerlog1");
		client.await("event:reset\nid:peerlog1-");
		client.await("\"reason\":\"foreign-epoch\",\"read\":\"/api/v1/books\"");
		String next = PEER.commit("book-added", "seven");
		client.await("id:" + next);
		PEER.replace("peerlog0");
		client.await("event:reset\nid:peerlog0-");
	}

	@Test
	void aServiceThatIsAwayKeepsNobodyOut() {
		CATALOG.goAway();
		PEER.drain();
		try {
			assertThat(connect("").await(":lectern").status()).isEqualTo(200);
		}
		finally {
			CATALOG.comeBack();
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> PEER.open.get() == 1);
	}

	@Test
	void whoAsksForAPlaceThatOnlyTheServiceKnowsIsToldToComeBackWhileItIsAway() {
		CATALOG.goAway();
		PEER.drain();
		try {
			StreamClient client = connect("?after=2026-01-01T00:00:00Z");
			assertThat(client.status()).isEqualTo(200);
			client.await("event:end\ndata:{\"reason\":\"drain\"}\n\n").awaitEnd();
		}
		finally {
			CATALOG.comeBack();
		}
		Awaitility.await().atMost(HANG_LIMIT).until(() -> PEER.open.get() == 1);
	}

	@Test
	void aTokenIsNotLookedAt() {
		PROGRESS.goAway();
		try {
			for (String token : List.of(TestTokens.byAnotherKey(), TestTokens.expired(), "a.b.c")) {
				assertThat(connect("", "Authorization", "Bearer " + token).status()).isEqualTo(200);
				assertThat(connect("", "Cookie", "lectern-token=" + token).status()).isEqualTo(200);
			}
		}
		finally {
			PROGRESS.comeBack();
		}
	}

	@Test
	void whatIsNoRequestOfAStreamIsRefused() {
		this.client.get()
			.uri("/api/v1/catalog/events")
			.header("Accept", "application/json")
			.exchange()
			.expectStatus()
			.isEqualTo(406);
		this.client.delete()
			.uri("/api/v1/catalog/events")
			.headers((headers) -> headers.setBearerAuth(TestTokens.curator()))
			.exchange()
			.expectStatus()
			.isEqualTo(405)
			.expectHeader()
			.valueEquals("Allow", "GET, HEAD");
		this.client.method(HttpMethod.GET)
			.uri("/api/v1/catalog/events")
			.bodyValue("some content")
			.exchange()
			.expectStatus()
			.isBadRequest();
	}

	@Test
	void aHundredHeadersAreNoReasonToRefuse() {
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
		for (int at = 0; at < headers.length; at += 2) {
			sent.set(headers[at], headers[at + 1]);
		}
	}

}
